// Random structs go through the wire and come back the same. The seed is fixed.
#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "json/document.h"
#include "wire/every_operation.h"
#include "wire/http_binding.h"
#include "wire/rows.h"

namespace xai::wire {
namespace {

using namespace management;

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_{seed} {}

  std::int64_t between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution{low, high}(engine_);
  }
  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(between(0, static_cast<std::int64_t>(limit) - 1));
  }
  bool one_in(std::size_t limit) { return below(limit) == 0; }

 private:
  std::mt19937 engine_;
};

std::string random_text(Chance& chance, std::size_t length_min) {
  static const std::vector<std::string> letters{"a",
                                                "Z",
                                                "0",
                                                "-",
                                                "_",
                                                ".",
                                                ":",
                                                "*",
                                                "/",
                                                " ",
                                                "\"",
                                                "\\",
                                                "\n",
                                                "\x1b",
                                                "%",
                                                "&",
                                                "=",
                                                "+",
                                                "?",
                                                "#",
                                                "\xC3\xA9",
                                                "\xE2\x82\xAC",
                                                "\xF0\x9F\x98\x80",
                                                std::string(1, '\0')};
  std::string text;
  for (std::size_t i = length_min + chance.below(8); i > 0; --i)
    text += letters[chance.below(letters.size())];
  return text;
}

template <class T>
void fill(Chance& chance, T& out);
inline void fill(Chance& chance, std::string& out) { out = random_text(chance, 0); }
inline void fill(Chance& chance, Secret& out) { out = Secret{random_text(chance, 1)}; }
inline void fill(Chance& chance, Acl& out) { out.text = random_text(chance, 0); }
template <class Enum>
void fill(Chance& chance, OpenEnum<Enum>& out) {
  out.text = random_text(chance, 0);
}
inline void fill(Chance& chance, management::FieldMask& out) {
  for (std::size_t i = chance.below(4); i > 0; --i)
    out.paths.push_back("member" + std::to_string(chance.below(9)));
}
inline void fill(Chance& chance, bool& out) { out = chance.one_in(2); }
inline void fill(Chance& chance, Decimal& out) {
  const std::vector<std::string> numbers{
      "0",    "-0.0", "0.75973725", "1.037e-4", "1e400",           "1.50",
      "1E+2", "-7",   "0.1",        "12e-00",   "9007199254740993"};
  out.text = numbers[chance.below(numbers.size())];
}
template <std::signed_integral T>
void fill(Chance& chance, T& out) {
  using Limits = std::numeric_limits<T>;
  const T edges[] = {0, 1, -1, Limits::min(), Limits::max()};
  out = chance.one_in(3) ? edges[chance.below(5)]
                         : static_cast<T>(chance.between(Limits::min(), Limits::max()));
}
inline void fill(Chance& chance, Cents& out) { fill(chance, out.value); }
inline void fill(Chance& chance, Timestamp& out) {
  constexpr std::int64_t year_9999 = 253'402'300'799'999'999;
  out = Timestamp{std::chrono::microseconds{chance.between(-62'135'596'800'000'000, year_9999)}};
}
template <class T>
void fill(Chance& chance, std::optional<T>& out) {
  if (!chance.one_in(3)) fill(chance, out.emplace());
}
template <class T>
void fill(Chance& chance, std::vector<T>& out) {
  out.resize(chance.below(4));
  for (T& item : out) fill(chance, item);
}
template <class T>
void fill(Chance& chance, std::map<std::string, T>& out) {
  for (std::size_t i = chance.below(4); i > 0; --i) fill(chance, out[random_text(chance, 0)]);
}
template <Modelled T>
void fill(Chance& chance, T& out) {
  std::apply([&](const auto&... field) { (fill(chance, out.*(field.member)), ...); },
             fields<T>.fields);
}

template <class T>
bool same(const T& left, const T& right) {
  return left == right;
}
template <class T>
bool same(const std::optional<T>& left, const std::optional<T>& right);
template <Modelled T>
bool same(const T& left, const T& right);
template <class T>
bool same(const std::vector<T>& left, const std::vector<T>& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (!same<T>(left[i], right[i])) return false;
  return true;
}
template <class T>
bool same(const std::optional<T>& left, const std::optional<T>& right) {
  return left.has_value() == right.has_value() && (!left || same(*left, *right));
}
template <class T, class Fields>
bool same_members(const T& left, const T& right, const Fields& fields) {
  return std::apply(
      [&](const auto&... field) {
        return (true && ... && same(left.*(field.member), right.*(field.member)));
      },
      fields);
}
template <Modelled T>
bool same(const T& left, const T& right) {
  return same_members(left, right, fields<T>.fields);
}

template <class Operation>
class RoundTrip : public testing::Test {};

TYPED_TEST_SUITE(RoundTrip, OperationTypes, NameOfOperation);

TYPED_TEST(RoundTrip, ResponseThroughJson) {
  const Descriptor& operation = descriptor_of<TypeParam>();
  Chance chance{2'611};
  for (int round = 0; round < 300; ++round) {
    typename TypeParam::Response response{};
    fill(chance, response);
    const std::string text = encoded(operation, &response);
    const auto document = json::Document::parse(text);
    ASSERT_TRUE(document) << text;
    typename TypeParam::Response decoded{};
    const auto read = operation.decode(document->root(), &decoded);
    ASSERT_TRUE(read) << read.error().message << '\n' << text;
    ASSERT_TRUE(same(decoded, response)) << text;
    ASSERT_EQ(encoded(operation, &decoded), text);
    json::Arena arena;
    ASSERT_EQ(json::to_text(operation.canonical(document->root(), arena)), text)
        << "what we write is canonical";
  }
}

TYPED_TEST(RoundTrip, OperationThroughARequest) {
  Chance chance{1'123};
  for (int round = 0; round < 300; ++round) {
    TypeParam operation{};
    const auto fill_one = [&](const auto& field) {
      auto& member = operation.*(field.member);
      fill(chance, member);
      // A path segment cannot be empty.
      if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, std::string>) {
        if (member.empty()) member = "x";
      }
    };
    std::apply([&](const auto&... field) { (fill_one(field), ...); }, row<TypeParam>.table.fields);
    const HttpRequest request = to_request(operation);
    ASSERT_TRUE(request.target.starts_with('/')) << request.target;
    for (const char letter : request.target)
      ASSERT_TRUE(letter > ' ' && letter < '\x7f') << "unsafe byte in " << request.target;
    ASSERT_TRUE(matches<TypeParam>(request.target.substr(0, request.target.find('?'))));
    const auto back = from_request<TypeParam>(request);
    ASSERT_TRUE(back) << back.error().message << '\n' << request.target << '\n' << request.body;
    ASSERT_TRUE(same_members(*back, operation, row<TypeParam>.table.fields))
        << request.target << '\n'
        << request.body;
  }
}

}  // namespace
}  // namespace xai::wire
