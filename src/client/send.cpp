#include "client/send.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/time_text.h"
#include "base/try.h"
#include "client/as_asked.h"
#include "client/call_scope.h"
#include "client/error_body.h"
#include "client/read_back.h"
#include "client/repeats.h"
#include "client/salvage.h"
#include "json/document.h"
#include "json/list_stream.h"

namespace xai::client {

using management::Error;
using management::HttpRequest;
using management::HttpResponse;
using management::Reason;
using management::Result;
using wire::Descriptor;

namespace {

Result<HttpRequest> addressed(const management::Client& client, const Descriptor& descriptor,
                              const void* operation) {
  HttpRequest request = wire::to_request(descriptor, operation);
  TRY(client.pipeline().address(request, descriptor.host));
  return request;
}

/// The answer with its lists empty: what else it holds is still read and checked.
json::Value without_lists(json::Document& document) {
  const json::Value root = document.root();
  if (!root.is_object()) return root;
  const auto given = root.members();
  const std::span<json::Member> members = document.arena().make<json::Member>(given.size());
  for (std::size_t i = 0; i < given.size(); ++i)
    std::construct_at(&members[i], given[i].name,
                      given[i].value.is_array() ? json::Value::of_array({}) : given[i].value);
  return json::Value::of_object(members);
}

/// Reads the root of an answer, as far as it is wanted.
Result<void> read_value(const Descriptor& descriptor, json::Document& document, Lists lists,
                        void* value) {
  if (value == nullptr) {
    if (document.root().is_object()) return {};
    return std::unexpected(wire::error_of({.expected = "an object"}));
  }
  TRY(descriptor.decode(lists.are_decoded ? document.root() : without_lists(document), value));
  if (descriptor.minted != nullptr &&
      descriptor.minted(value).value_or(management::Secret{}).empty())
    return std::unexpected(Error{.message = "it holds no secret"});
  return {};
}

/// Whether an answer says that something failed, and nothing of what was asked for.
bool is_error(const Descriptor& descriptor, json::Value root) {
  const ErrorBody error = read_error_body(root);
  if (error.message.empty() && error.code.empty()) return false;
  return std::ranges::none_of(descriptor.answer_members, [&](const wire::Member& member) {
    return !root.find(member.name).is_null();
  });
}

/// A change that was answered well must have come out as it was asked for.
Result<void> check_as_asked(const Descriptor& descriptor, const void* operation, Target target) {
  if (descriptor.read_back.values.empty()) return {};
  const auto names = TRY(differences(descriptor, operation, target.value));
  if (names.empty()) return {};
  return std::unexpected(not_as_asked(names));
}

/// Reads a 2xx answer. A write whose answer makes no sense may well have been made.
Result<void> read_answer(const management::Client& client, const Descriptor& descriptor,
                         HttpResponse response, Lists lists, Target target) {
  const auto& pipeline = client.pipeline();
  const Secrets* const secrets = pipeline.secrets.get();
  const std::string request_id = request_id_of(response, secrets);
  const auto malformed = [&](Error error) {
    return std::unexpected(
        malformed_answer(std::move(error), descriptor.retry, response.status, request_id, secrets));
  };
  // The service answers 200 to all that it does; a secret is not given back for that.
  if (response.status != 200 && descriptor.minted == nullptr)
    return malformed({.message = "its status is " + std::to_string(response.status)});
  // An answer without members says all by its status; it may leave its body out.
  if (descriptor.answer_members.empty() && response.body.empty()) response.body = "{}";
  if (response.body.empty())
    return malformed({.message = "the answer is empty where data should be"});
  auto document = json::Document::parse(std::move(response.body));
  if (!document) return malformed(std::move(document).error());
  if (is_error(descriptor, document->root()))
    return malformed({.message = "it holds an error despite its status"});
  if (auto read = read_value(descriptor, *document, lists, target.value); !read)
    return malformed(std::move(read).error());
  *target.document = {.document = std::move(*document),
                      .server_time = base::parse_http_date(response.header("date"))};
  return {};
}

}  // namespace

Result<HttpRequest> preview(const management::Client& client, const Descriptor& descriptor,
                            const void* operation, const Deadline& deadline) {
  if (client.pipeline().options.is_read_only && descriptor.retry != wire::RetryClass::freely)
    return std::unexpected(Error{.kind = management::ErrorKind::failed_precondition,
                                 .outcome = management::Outcome::refused,
                                 .reason = management::Reason::read_only,
                                 .message = "the client may only read, and " +
                                            std::string{descriptor.id} +
                                            " could change something"});
  if (descriptor.team == nullptr) return addressed(client, descriptor, operation);
  const std::string& given = descriptor.team(operation);
  const std::string team = given.empty() ? TRY(team_id(client, deadline)) : given;
  TRY(check_team_id(team));
  const wire::Object of_team = descriptor.copy(operation);
  wire::set_member(descriptor, of_team.get(), wire::team_name, json::Value::of_string(team));
  return addressed(client, descriptor, of_team.get());
}

Result<void> exchange(const management::Client& client, const Descriptor& descriptor,
                      const void* operation, Target target, const Deadline& deadline, Lists lists,
                      Repeats repeats) {
  assert(target.value != nullptr || descriptor.retry == wire::RetryClass::freely);
  const Sending sending{descriptor.id};
  HttpRequest request = TRY(preview(client, descriptor, operation, deadline));
  if (repeats == Repeats::none) request.retry = management::RetryClass::never;
  std::optional<json::ListStream> stream;
  if (lists.reader != nullptr) {
    stream.emplace(*lists.reader);
    request.reader = {.begin = [&] { stream->begin(); },
                      .read = [&](std::string& body) { stream->read(body); }};
  }
  const auto attempt = [&]() -> Result<void> {
    request.timeout = TRY(deadline.left());
    HttpResponse response =
        TRY(client.pipeline().send(request, {.host = descriptor.host, .acl = descriptor.acl}));
    if (stream) stream->end(response.body);
    TRY(read_answer(client, descriptor, std::move(response), lists, target));
    return check_as_asked(descriptor, operation, target);
  };
  if (descriptor.minted != nullptr) {
    Salvage salvage{descriptor};
    request.salvage = [&](const HttpResponse& broken_off) { salvage.take(broken_off); };
    auto done = attempt();
    if (!done && salvage.read_into(target)) return {};
    return done;
  }
  if (descriptor.retry != wire::RetryClass::after_read_back) return attempt();
  return with_read_back(
      client.pipeline(), deadline, attempt, [&](const Error& error) -> Result<bool> {
        const Deadline look = TRY(deadline_of_look(client.pipeline(), deadline));
        return error.reason == Reason::not_as_asked
                   ? read_back_after_lag(client, descriptor, operation, error, look, target)
                   : read_back(client, descriptor, operation, error, look, target);
      });
}

}  // namespace xai::client
