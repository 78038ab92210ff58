#include "xai/management/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include <new>
#include <ostream>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace xai::management {
namespace {

const std::string short_text = "xai-short";
const std::string long_text = "xai-token-0123456789abcdef0123456789abcdef0123456789abcdef";

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(Printable<std::string>);
static_assert(!Printable<Secret>, "a secret must not be printable");
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>, "becoming a secret takes a named step");
static_assert(std::is_nothrow_move_constructible_v<Secret>);

class SecretOfLength : public testing::TestWithParam<std::string> {};

TEST_P(SecretOfLength, RevealsWhatItWasGiven) {
  EXPECT_EQ(Secret{GetParam()}.reveal(), GetParam());
  EXPECT_FALSE(Secret{GetParam()}.empty());
}

TEST_P(SecretOfLength, CopiesAreEqualAndIndependent) {
  Secret original{GetParam()};
  const Secret copy{original};
  original = Secret{"other"};
  EXPECT_EQ(copy.reveal(), GetParam());
  EXPECT_FALSE(copy == original);
}

TEST_P(SecretOfLength, MovingEmptiesTheSource) {
  Secret source{GetParam()};
  Secret target{std::move(source)};
  EXPECT_EQ(target.reveal(), GetParam());
  EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move): that is what is tested.
  Secret other{"other"};
  other = std::move(target);
  EXPECT_EQ(other.reveal(), GetParam());
  EXPECT_TRUE(target.empty());  // NOLINT(bugprone-use-after-move): that is what is tested.
}

TEST_P(SecretOfLength, SelfAssignmentChangesNothing) {
  Secret secret{GetParam()};
  const Secret& same = secret;
  secret = same;
  EXPECT_EQ(secret.reveal(), GetParam());
  Secret& itself = secret;
  secret = std::move(itself);
  EXPECT_EQ(secret.reveal(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Lengths, SecretOfLength, testing::Values(short_text, long_text));

TEST(Secret, ComparesByContentAndLength) {
  EXPECT_TRUE(Secret{"abc"} == Secret{"abc"});
  EXPECT_FALSE(Secret{"abc"} == Secret{"abd"});
  EXPECT_FALSE(Secret{"abc"} == Secret{"xbc"});
  EXPECT_FALSE(Secret{"abc"} == Secret{"abcd"});
  EXPECT_FALSE(Secret{"abc"} == Secret{});
  EXPECT_TRUE(Secret{} == Secret{});
  EXPECT_TRUE(Secret{}.empty());
}

TEST(Secret, LeavesNoTraceOfAShortStringInItsOwnPlace) {
  // A short string lives inside the object, so the object's own bytes show whether it was wiped.
  alignas(Secret) std::array<std::byte, sizeof(Secret)> place{};
  auto* secret = new (place.data()) Secret{short_text};
  const auto holds = [&] {
    return std::ranges::search(place, std::as_bytes(std::span{short_text})).size() != 0;
  };
  ASSERT_TRUE(holds()) << "the search must be able to find it";
  secret->~Secret();
  EXPECT_FALSE(holds());
}

TEST(Secret, LeavesNoTraceInTheSourceOfAMove) {
  alignas(Secret) std::array<std::byte, sizeof(Secret)> place{};
  auto* source = new (place.data()) Secret{short_text};
  const Secret target{std::move(*source)};
  EXPECT_TRUE(std::ranges::search(place, std::as_bytes(std::span{short_text})).empty());
  EXPECT_EQ(target.reveal(), short_text);
  source->~Secret();
}

/// A secret that a shorter one replaces in its place, and what its memory then holds.
struct ReplacedSecret : testing::Test {
  Secret secret{long_text};
  Secret shorter{short_text};
  std::string_view memory{secret.reveal().data(), long_text.size()};
  // Behind the zero that ends the shorter one.
  std::string_view rest = std::string_view{long_text}.substr(short_text.size() + 1);
};

TEST_F(ReplacedSecret, LeavesNothingBehindACopy) {
  ASSERT_TRUE(memory.contains(rest));
  secret = shorter;
  EXPECT_FALSE(memory.contains(rest));
}

TEST_F(ReplacedSecret, LeavesNothingWhereOneIsMoved) {
  secret = std::move(shorter);
  EXPECT_FALSE(memory.contains(rest));
}

TEST(Wipe, OverwritesTheWholeCapacity) {
  std::string text = long_text;
  char* bytes = text.data();
  const std::size_t capacity = text.capacity();
  text.resize(3);
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), bytes) << "wiping must not move the text and leave the old bytes behind";
  ASSERT_EQ(text.capacity(), capacity);
  // Behind the end of the text, where only a look at the memory itself shows anything.
  const std::string_view memory{bytes, capacity};
  EXPECT_EQ(memory.find_first_not_of('\0'), std::string_view::npos);
}

TEST(Wipe, StandsAnEmptyText) {
  std::string text;
  wipe(text);
  EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace xai::management
