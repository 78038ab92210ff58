#include "client/as_asked.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/printable.h"
#include "base/time_text.h"
#include "base/try.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/codec.h"

namespace xai::client {

using management::Result;
using wire::Descriptor;

namespace {

constexpr std::array empty_values{"null", "false", "0", R"("0")", R"("")", "[]"};

std::string normal_form(json::Value value) {
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const json::Value& item : value.items()) items.push_back(normal_form(item));
    std::ranges::sort(items);
    std::string text;
    for (const std::string& item : items) text += item + '\n';
    return text;
  }
  if (const auto time = value.is_string() ? base::parse_rfc3339(value.text()) : std::nullopt)
    return base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(*time));
  std::string text = json::to_text(value);
  return std::ranges::find(empty_values, text) == empty_values.end() ? text : std::string{};
}

template <class Write>
Result<json::Document> written(Write write) {
  std::string text;
  json::Writer writer{text};
  write(writer);
  return json::Document::parse(std::move(text));
}

}  // namespace

Result<std::vector<std::string>> differences(const Descriptor& descriptor, const void* operation,
                                             const void* answer) {
  const auto wanted =
      TRY(written([&](json::Writer& writer) { descriptor.write_body(writer, operation); }));
  const auto found = TRY(written([&](json::Writer& writer) { descriptor.encode(writer, answer); }));
  const wire::ReadBack& how = descriptor.read_back;
  // What an answer to a minting leaves out, it does not deny.
  const bool may_leave_out = how.values.empty();
  std::vector<std::string> names;
  const auto compare = [&](std::string_view name, json::Value value) {
    const auto* const member = wire::find_member(descriptor.answer_members, name);
    if (member == nullptr) return;
    const std::string shown = normal_form(found.root().find(member->name));
    const bool is_left_out = may_leave_out && shown.empty();
    if (!is_left_out && normal_form(value) != shown) names.emplace_back(member->name);
  };
  if (!how.values.empty()) {
    const json::Value values = wanted.root().find(how.values);
    const auto* const known = wire::find_member(descriptor.members, how.values);
    for (const auto& path : wire::field_mask_of(wanted.root().find(how.mask).text()).paths)
      if (const auto* const member = wire::find_member(known->shape.members(), path))
        compare(member->name, values.find(member->name));
    return names;
  }
  wire::Placed placed;
  descriptor.place(operation, placed);
  // An organization's key belongs to no team, so nothing is made of that member.
  for (const auto& [name, value] : placed.path)
    if (name != wire::team_name) compare(name, json::Value::of_string(value));
  for (const json::Member& wish : wanted.root().members()) compare(wish.name, wish.value);
  return names;
}

management::Error not_as_asked(const std::vector<std::string>& names) {
  return {.kind = management::ErrorKind::failed_precondition,
          .outcome = management::Outcome::unknown,
          .reason = management::Reason::not_as_asked,
          .message = "what is there is not what was asked for: " + base::listed_words(names),
          .next = "look at what is there before trying again"};
}

}  // namespace xai::client
