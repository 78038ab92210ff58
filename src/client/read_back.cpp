#include "client/read_back.h"

#include <optional>
#include <string>
#include <utility>

#include "base/try.h"
#include "client/as_asked.h"
#include "client/pages.h"
#include "client/repeats.h"
#include "json/writer.h"

namespace xai::client {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
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
  const bool is_own = answer.error().reason != Reason::foreign_answer;
  if (is_own && answer.error().kind == ErrorKind::not_found) return true;
  if (!is_own || answer.error().kind != ErrorKind::permission_denied)
    return std::unexpected(answer.error());
  return !TRY(find_listed(client, how, key, deadline)).has_value();
}

}  // namespace

bool is_same_page(const Error& error, const Error& of_look) {
  return error.reason == Reason::foreign_answer && of_look.reason == Reason::foreign_answer &&
         error.http_status == of_look.http_status;
}

Result<bool> read_back(const management::Client& client, const Descriptor& descriptor,
                       const void* operation, const Error& error, const Deadline& deadline,
                       Target target) {
  const ReadBack& how = descriptor.read_back;
  const std::string key = wire::path_value(descriptor, operation, how.key);
  if (how.values.empty()) {
    // A second write that finds nothing proves the first one.
    const bool finds_nothing =
        error.kind == ErrorKind::not_found && error.reason != Reason::foreign_answer;
    const bool is_gone = finds_nothing || TRY(is_unknown(client, how, key, deadline));
    if (!is_gone) return false;
    *target.document = {.document = TRY(json::Document::parse("{}"))};
    return true;
  }
  auto listed = TRY(find_listed(client, how, key, deadline));
  if (!listed) return false;
  TRY(descriptor.decode(listed->root(), target.value));
  if (!TRY(differences(descriptor, operation, target.value)).empty()) return false;
  *target.document = {.document = *std::move(listed)};
  return true;
}

Result<bool> read_back_after_lag(const management::Client& client, const Descriptor& descriptor,
                                 const void* operation, const Error& error,
                                 const Deadline& deadline, Target target) {
  for (const std::chrono::seconds lag : list_lags) {
    client.pipeline().seams.sleep(lag);
    auto found = read_back(client, descriptor, operation, error, deadline, target);
    if (!found && found.error().kind == ErrorKind::permission_denied) {
      target.document->is_unconfirmed = true;
      return true;
    }
    if (!found || *found) return found;
  }
  return false;
}

Result<void> with_read_back(const management::Client::Pipeline& pipeline, const Deadline& deadline,
                            const std::function<Result<void>()>& attempt,
                            const std::function<Result<bool>(const Error&)>& look) {
  bool was_open = false;
  for (int made = 1;; ++made) {
    auto result = attempt();
    if (result) return result;
    Error& error = result.error();
    // What an earlier attempt may have done, a later one that never left does not undo.
    if (was_open && (error.outcome == Outcome::not_sent || error.outcome == Outcome::throttled))
      error.outcome = Outcome::unknown;
    const bool is_throttled = error.outcome == Outcome::throttled;
    const bool is_open = error.outcome == Outcome::unknown || is_throttled;
    const bool finds_nothing = was_open && error.kind == ErrorKind::not_found;
    if (!is_open && !finds_nothing) return result;
    const auto found = look(error);
    if (!found) {
      if (is_same_page(error, found.error()))
        error.outcome = Outcome::refused;
      else if (is_throttled)
        error.outcome = Outcome::unknown;
      return result;
    }
    if (*found) return {};
    was_open = was_open || !is_throttled;
    const bool may_pass =
        error.reason != Reason::not_as_asked && error.reason != Reason::foreign_answer;
    if (!is_open || !may_pass || made >= pipeline.options.retry.attempts_max) return result;
    const auto wait = wait_after(pipeline, error, made);
    if (!wait || !has_time(deadline, *wait)) return result;
    pipeline.seams.sleep(*wait);
  }
}

}  // namespace xai::client
