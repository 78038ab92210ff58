#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace xai::json {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

struct Member;

/// A JSON value as sixteen bytes that look into a Document or an Arena, which must outlive it.
/// It never changes, so copies share all they hold. Numbers stay the text they came as.
class Value {
 public:
  constexpr Value() = default;
  static Value of_boolean(bool value);
  /// The views below must outlive the value.
  static Value of_number(std::string_view text);
  static Value of_string(std::string_view text);
  static Value of_array(std::span<const Value> items);
  static Value of_object(std::span<const Member> members);
  /// `text` is what the members were read from, without a space between them and with all strings
  /// as Writer writes them. It is kept as the name of a member before the first one.
  static Value of_object(std::span<Member> members_behind_one, std::string_view text);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::object; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::array; }
  [[nodiscard]] bool is_string() const { return kind_ == Kind::string; }

  /// True for the literal `true` only.
  [[nodiscard]] bool boolean() const { return kind_ == Kind::boolean && size_ == 1; }
  /// The text of a string or a number; empty for all else.
  [[nodiscard]] std::string_view text() const;
  /// The items of an array; empty for all else.
  [[nodiscard]] std::span<const Value> items() const;
  /// The members of an object in their order, duplicates included; empty for all else.
  [[nodiscard]] std::span<const Member> members() const;
  /// The JSON text of an object that was made with it; empty for all else.
  [[nodiscard]] std::string_view source() const;
  /// The first member of that name; null when there is none.
  [[nodiscard]] Value find(std::string_view name) const;

 private:
  Value(Kind kind, std::size_t size, const void* data, bool has_source = false)
      : data_{data},
        size_{static_cast<std::uint32_t>(size)},
        kind_{kind},
        has_source_{has_source} {}

  const void* data_{};
  std::uint32_t size_{};
  Kind kind_{Kind::null};
  bool has_source_{};
  // With a gap in its place a copy would be slow.
  [[maybe_unused]] std::uint16_t filler_{};
};

struct Member {
  std::string_view name{};
  Value value{};
};

inline Value Value::of_boolean(bool value) { return {Kind::boolean, value ? 1U : 0U, nullptr}; }
inline Value Value::of_number(std::string_view text) {
  return {Kind::number, text.size(), text.data()};
}
inline Value Value::of_string(std::string_view text) {
  return {Kind::string, text.size(), text.data()};
}
inline Value Value::of_array(std::span<const Value> items) {
  return {Kind::array, items.size(), items.data()};
}
inline Value Value::of_object(std::span<const Member> members) {
  return {Kind::object, members.size(), members.data()};
}

inline Value Value::of_object(std::span<Member> members_behind_one, std::string_view text) {
  members_behind_one.front().name = text;
  const auto members = members_behind_one.subspan(1);
  return {Kind::object, members.size(), members.data(), true};
}

inline std::string_view Value::source() const {
  return has_source_ ? (static_cast<const Member*>(data_) - 1)->name : std::string_view{};
}

inline std::string_view Value::text() const {
  if (kind_ != Kind::string && kind_ != Kind::number) return {};
  return {static_cast<const char*>(data_), size_};
}

inline std::span<const Value> Value::items() const {
  if (kind_ != Kind::array) return {};
  return {static_cast<const Value*>(data_), size_};
}

inline std::span<const Member> Value::members() const {
  if (kind_ != Kind::object) return {};
  return {static_cast<const Member*>(data_), size_};
}

inline Value Value::find(std::string_view name) const {
  for (const Member& member : members())
    if (member.name == name) return member.value;
  return {};
}

}  // namespace xai::json
