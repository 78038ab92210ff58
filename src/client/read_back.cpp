#include "client/read_back.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/try.h"
#include "client/pages.h"
#include "http/retry.h"
#include "json/writer.h"
#include "wire/codec.h"

namespace xai::client {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Result;
using wire::Descriptor;
using wire::ReadBack;

namespace {

/// The item of that key as the list has it now, in canonical form.
Result<std::optional<json::Document>> find_listed(const management::Client& client,
                                                  const ReadBack& how, std::string_view key,
                                                  const Deadline& deadline) {
  const Descriptor& list = wire::descriptor_of(how.list);
  const wire::Object operation = list.make();
  const wire::Object value = list.make_answer();
  PageTurner pages{client, list, Lists::read, deadline};
  while (!pages.is_finished()) {
    AnswerDocument page;
    TRY(pages.turn(operation.get(), {&page, value.get()}));
    const json::Value root = list.canonical(page.document.root(), page.document.arena());
    for (const json::Value& item : root.find(how.items).items())
      if (item.find(how.key).text() == key) return TRY(json::Document::parse(json::to_text(item)));
  }
  return std::nullopt;
}

/// Whether the service knows no item of that key.
Result<bool> is_unknown(const management::Client& client, const ReadBack& how, std::string_view key,
                        const Deadline& deadline) {
  const Descriptor& probe = wire::descriptor_of(how.probe);
  const wire::Object operation = probe.make();
  const wire::Object value = probe.make_answer();
  wire::set_member(probe, operation.get(), how.key, json::Value::of_string(key));
  AnswerDocument document;
  const auto answer = exchange(client, probe, operation.get(), {&document, value.get()}, deadline);
  if (answer) return false;
  if (answer.error().kind == ErrorKind::not_found) return true;
  if (answer.error().kind != ErrorKind::permission_denied) return std::unexpected(answer.error());
  return !TRY(find_listed(client, how, key, deadline)).has_value();
}

/// A value as it is compared: a member that was left out is as good as an empty one.
std::string normal_form(json::Value value) {
  std::string text = json::to_text(value);
  return text == "null" || text == "false" || text == "\"\"" || text == "[]" ? std::string{} : text;
}

/// Whether the answer has every value that the write names, and none where the write clears one.
Result<bool> has_values(const Descriptor& descriptor, const void* operation, const void* answer) {
  std::string wanted_text;
  std::string found_text;
  json::Writer wanted_writer{wanted_text};
  descriptor.write_body(wanted_writer, operation);
  json::Writer found_writer{found_text};
  descriptor.encode(found_writer, answer);
  const auto wanted = TRY(json::Document::parse(std::move(wanted_text)));
  const auto found = TRY(json::Document::parse(std::move(found_text)));
  const ReadBack& how = descriptor.read_back;
  const json::Value values = wanted.root().find(how.values);
  const auto* const known = wire::find_member(descriptor.members, how.values);
  const auto mask = wire::field_mask_of(wanted.root().find(how.mask).text());
  return std::ranges::all_of(mask.paths, [&](const std::string& path) {
    const auto* const member = wire::find_member(known->shape.members(), path);
    return member != nullptr &&
           normal_form(values.find(member->name)) == normal_form(found.root().find(member->name));
  });
}

}  // namespace

Result<bool> read_back(const management::Client& client, const Descriptor& descriptor,
                       const void* operation, const Error& error, const Deadline& deadline,
                       Target target) {
  const ReadBack& how = descriptor.read_back;
  const std::string key = wire::path_value(descriptor, operation, how.key);
  if (how.values.empty()) {
    // A second write that finds nothing proves the first one.
    const bool is_gone =
        error.kind == ErrorKind::not_found || TRY(is_unknown(client, how, key, deadline));
    if (!is_gone) return false;
    *target.document = {.document = TRY(json::Document::parse("{}"))};
    return true;
  }
  auto listed = TRY(find_listed(client, how, key, deadline));
  if (!listed) return false;
  TRY(descriptor.decode(listed->root(), target.value));
  if (!TRY(has_values(descriptor, operation, target.value))) return false;
  *target.document = {.document = *std::move(listed)};
  return true;
}

Result<void> with_read_back(const management::Client::Pipeline& pipeline, const Deadline& deadline,
                            const std::function<Result<void>()>& attempt,
                            const std::function<Result<bool>(const Error&)>& look) {
  const auto& policy = pipeline.options.retry;
  for (int made = 1;; ++made) {
    auto result = attempt();
    if (result) return result;
    Error& error = result.error();
    // What an earlier attempt may have done, a later one that never left does not undo.
    const bool earlier_is_open = made > 1;
    if (earlier_is_open &&
        (error.outcome == Outcome::not_sent || error.outcome == Outcome::throttled))
      error.outcome = Outcome::unknown;
    const bool is_open = error.outcome == Outcome::unknown;
    const bool finds_nothing = earlier_is_open && error.kind == ErrorKind::not_found;
    if (!is_open && !finds_nothing) return result;
    const auto found = look(error);
    if (!found) return result;
    if (*found) return {};
    if (!is_open || made >= policy.attempts_max) return result;
    const auto wait = http::backoff(policy, made, pipeline.seams.random);
    const auto left = deadline.left();
    if (!left || (left->count() > 0 && *left <= wait)) return result;
    pipeline.seams.sleep(wait);
  }
}

}  // namespace xai::client
