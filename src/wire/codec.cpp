#include "wire/codec.h"

#include <cctype>

#include "base/decimal.h"
#include "wire/canonical_model.h"
#include "wire/shape.h"

namespace xai::wire {

using management::Cents;
using management::Decimal;
using management::Error;
using management::ErrorKind;
using management::Timestamp;

bool is_same_name(std::string_view name, std::string_view given) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
  while (true) {
    while (i < name.size() && name[i] == '_') ++i;
    while (j < given.size() && given[j] == '_') ++j;
    if (i == name.size() || j == given.size()) return i == name.size() && j == given.size();
    if (lower(name[i++]) != lower(given[j++])) return false;
  }
}

bool read_integer(json::Value value, std::int64_t& out) {
  std::string_view text = value.text();
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end == text.data()) return false;
  // Protobuf's JSON takes `5.0` for a five.
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  const bool is_point = rest.size() > 1 && rest.front() == '.';
  if (!rest.empty() && (!is_point || rest.find_first_not_of('0', 1) != std::string_view::npos))
    return false;
  out = number;
  return true;
}

std::optional<std::int64_t> integer_of(json::Value value) {
  std::int64_t number = 0;
  return read_integer(value, number) ? std::optional{number} : std::nullopt;
}

bool read(json::Value value, Timestamp& out, Fault& fault) {
  fault.expected = "an RFC 3339 time";
  if (base::parse_rfc3339(value.text(), out)) return true;
  constexpr std::int64_t year_9999 = 253'402'300'799;
  std::int64_t seconds = 0;
  const bool is_good = read_integer(value, seconds) && seconds >= 0 && seconds <= year_9999;
  out = Timestamp{std::chrono::seconds{is_good ? seconds : 0}};
  return is_good;
}

std::optional<bool> boolean_of(json::Value value) {
  if (value.kind() == json::Kind::boolean) return value.boolean();
  if (value.is_string() && value.text() == "true") return true;
  if (value.is_string() && value.text() == "false") return false;
  return std::nullopt;
}

/// The object around an amount.
struct Box {
  std::int64_t val{};
};

template <>
inline constexpr auto fields<Box> = table(field("val", &Box::val));

bool read(json::Value value, Cents& out, Fault& fault) {
  Box box;
  if (value.is_object()) {
    const bool is_good = read(value, box, fault);
    out = {box.val};
    return is_good;
  }
  const auto number = integer_of(value);
  fault.expected = "whole cents";
  out = {number.value_or(0)};
  return number.has_value();
}

void write(json::Writer& writer, Cents cents) { write(writer, cents.value); }

void write_boxed(json::Writer& writer, Cents cents) { write(writer, Box{cents.value}); }

json::Value canonical_cents(json::Value value, json::Arena& arena) {
  const json::Value box = Canonical<Box>::of(value, arena);
  const auto members = box.members();
  if (!box.is_object()) return Canonical<std::int64_t>::of(box, arena);
  // What lies beside `val` has no place in plain text, so the object stays.
  if (members.size() > 1 || (members.size() == 1 && members.front().name != "val")) return box;
  const json::Value val = box.find("val");
  if (val.is_null()) return json::Value::of_string("0");
  return integer_of(val) ? Canonical<std::int64_t>::of(val, arena) : box;
}

json::Value canonical_boxed_cents(json::Value value, json::Arena& arena) {
  if (!integer_of(value)) return Canonical<Box>::of(value, arena);
  const json::Member val{"val", Canonical<std::int64_t>::of(value, arena)};
  return json::Value::of_object(arena.copy(std::span{&val, 1}));
}

bool read(json::Value value, Decimal& out, Fault& fault) {
  out.text = value.text();
  fault.expected = "a number";
  return base::is_number(value.text());
}

void write(json::Writer& writer, const Decimal& decimal) { writer.number(decimal.text); }

json::Value canonical_decimal(json::Value value, json::Arena&) {
  if (value.kind() == json::Kind::number) return value;
  return base::is_number(value.text()) ? json::Value::of_number(value.text()) : value;
}

std::string mask_text(const management::FieldMask& mask) {
  std::string text;
  for (const std::string& path : mask.paths) text += (text.empty() ? "" : ",") + path;
  return text;
}

management::FieldMask field_mask_of(std::string_view text) {
  management::FieldMask mask;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view path = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!path.empty()) mask.paths.emplace_back(path);
  }
  return mask;
}

const Member* find_member(std::span<const Member> members, std::string_view name) {
  const auto exact = std::ranges::find(members, name, &Member::name);
  if (exact != members.end()) return &*exact;
  const auto found = std::ranges::find_if(members, [&](const Member& member) {
    return is_same_name(member.name, name) ||
           (!member.alias.empty() && is_same_name(member.alias, name));
  });
  return found == members.end() ? nullptr : &*found;
}

void add_to_path(Fault& fault, std::string_view name) { fault.path.insert(0, ".").insert(1, name); }

Error error_of(const Fault& fault) {
  std::string_view path = fault.path;
  if (path.starts_with('.')) path.remove_prefix(1);
  std::string message = path.empty() ? "the document" : "`";
  if (!path.empty()) message.append(path).append("`");
  message.append(" should be ").append(fault.expected);
  return {.kind = ErrorKind::malformed_response, .message = std::move(message)};
}

}  // namespace xai::wire
