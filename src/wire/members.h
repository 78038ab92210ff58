#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "json/value.h"
#include "wire/table.h"

namespace xai::wire {

/// Where and why a document does not fit its struct. The path grows while readers unwind.
struct Fault {
  std::string path{};
  std::string_view expected{};
};

/// Says that the fault lies in the member called `name`.
void add_to_path(Fault& fault, std::string_view name);

/// Whether `given` is `name` in camelCase or snake_case.
bool is_same_name(std::string_view name, std::string_view given);

/// Equality of names, which are short: a few words, the last one overlapping, and no call.
[[gnu::always_inline]] inline bool is_equal(std::string_view left, std::string_view right) {
  const std::size_t size = left.size();
  const auto is_same = [&]<class Word>(std::size_t place, Word) {
    Word ours;
    Word theirs;
    std::memcpy(&ours, left.data() + place, sizeof(Word));
    std::memcpy(&theirs, right.data() + place, sizeof(Word));
    return ours == theirs;
  };
  const auto is_same_in = [&]<class Word>(Word word) {
    for (std::size_t place = 0; place + sizeof(Word) < size; place += sizeof(Word))
      if (!is_same(place, word)) return false;
    return is_same(size - sizeof(Word), word);
  };
  if (size != right.size()) return false;
  if (size >= sizeof(std::uint64_t)) return is_same_in(std::uint64_t{});
  if (size >= sizeof(std::uint32_t)) return is_same_in(std::uint32_t{});
  return size == 0 || is_same_in(char{});
}

struct FoundEntry {
  std::size_t index;  ///< The count of entries when there is none.
  bool is_exact;      ///< The canonical name, not another spelling.
};

/// Which of `entries` is the member called `name`; `hint` is where it would be if the document
/// kept the table's order.
template <class Entries>
FoundEntry find_entry(const Entries& entries, std::string_view name, std::size_t hint) {
  const auto is_body = [&](std::size_t i) { return entries[i].place == Place::body; };
  for (std::size_t i = hint; i < entries.size(); ++i)
    if (is_body(i) && is_equal(entries[i].name, name)) return {i, true};
  for (std::size_t i = 0; i < std::min(hint, entries.size()); ++i)
    if (is_body(i) && is_equal(entries[i].name, name)) return {i, true};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_alias = !entries[i].alias.empty() && is_same_name(entries[i].alias, name);
    if (is_body(i) && (is_alias || is_same_name(entries[i].name, name))) return {i, false};
  }
  return {entries.size(), false};
}

/// The member called `name` in camelCase or snake_case, the exact name before the other spelling;
/// null when there is none; `hint` is where it probably is. For those who read an object without a
/// struct.
inline json::Value member_of(json::Value object, std::string_view name, std::size_t hint = 0) {
  const auto members = object.members();
  if (hint < members.size() && is_equal(name, members[hint].name)) return members[hint].value;
  for (const json::Member& member : members)
    if (is_equal(name, member.name)) return member.value;
  for (const json::Member& member : members)
    if (is_same_name(name, member.name)) return member.value;
  return {};
}

/// Reads the body members of one object into a T, and knows which ones it has read.
template <const auto& entries, class T>
class MembersReader {
 public:
  MembersReader(std::span<const json::Member> members, T& out, Fault& fault)
      : members_{members}, out_{&out}, fault_{&fault} {}

  bool read() { return read_in_order(indices) && read_rest(); }

 private:
  static constexpr std::size_t count = entries.size();
  static constexpr std::make_index_sequence<count> indices{};
  static_assert(count <= 64);

  /// As long as members come in the table's order, some perhaps left out, each name is compared
  /// with one that is known where this is compiled, and read without a look into the table.
  template <std::size_t... I>
  bool read_in_order(std::index_sequence<I...>) {
    return (read_if_next<I>() && ...);
  }
  template <std::size_t i>
  bool read_if_next() {
    if constexpr (entries[i].place != Place::body) return true;
    if (members_.empty() || !is_equal(entries[i].name, members_.front().name)) return true;
    const json::Member& member = members_.front();
    members_ = members_.subspan(1);
    if (member.value.is_null()) return true;
    seen_ |= 1ULL << i;
    seen_exactly_ |= 1ULL << i;
    if (entries[i].read(member.value, *out_, *fault_)) return true;
    add_to_path(*fault_, member.name);
    return false;
  }

  bool read_rest() {
    std::size_t hint = 0;
    for (const json::Member& member : members_) {
      // Null is absent: it neither counts as a spelling nor hides another one.
      if (member.value.is_null()) continue;
      const auto [i, is_exact] = find_entry(entries, member.name, hint);
      if (i == count) continue;
      hint = i + 1;
      if (!read_as(i, is_exact, member)) return false;
    }
    return true;
  }

  bool read_as(std::size_t i, bool is_exact, const json::Member& member) {
    const std::uint64_t bit = 1ULL << i;
    if (!is_exact && (seen_ & bit) != 0) return true;
    bool is_good = (seen_exactly_ & bit) == 0;
    if (is_good)
      is_good = entries[i].read(member.value, *out_, *fault_);
    else
      fault_->expected = "the member once";
    if (!is_good) add_to_path(*fault_, member.name);
    seen_ |= bit;
    if (is_exact) seen_exactly_ |= bit;
    return is_good;
  }

  std::span<const json::Member> members_;  ///< Those not read yet.
  T* out_;
  Fault* fault_;
  std::uint64_t seen_{};
  std::uint64_t seen_exactly_{};
};

/// Reads the body members of `out` that `value` has. The exact name wins over other spellings;
/// the same name twice is a fault, since nobody can tell which one was meant.
template <const auto& entries, class T>
bool read_members(json::Value value, T& out, Fault& fault) {
  fault.expected = "an object";
  if (!value.is_object()) return value.is_null();
  return MembersReader<entries, T>{value.members(), out, fault}.read();
}

}  // namespace xai::wire
