#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "client/answer.h"
#include "client/errors.h"
#include "client/pipeline.h"
#include "client/read_back.h"
#include "client/salvage.h"
#include "client/team.h"
#include "json/document.h"
#include "json/list_stream.h"
#include "wire/operations.h"

namespace xai::client {

template <class Operation>
management::Result<management::HttpRequest> addressed(const management::Client& client,
                                                      const Operation& operation) {
  management::HttpRequest request = wire::to_request(operation);
  TRY(client.pipeline().address(request, wire::row<Operation>.host));
  return request;
}

/// The request that `exchange` would send, complete but for the management key. The team may
/// have to be asked of the service for it, which changes nothing.
template <class Operation>
management::Result<management::HttpRequest> preview(const management::Client& client,
                                                    const Operation& operation,
                                                    const Deadline& deadline) {
  if constexpr (OfTeam<Operation>) {
    Operation of_team = operation;
    if (of_team.team_id.empty()) of_team.team_id = TRY(team_id(client, deadline));
    TRY(check_team_id(of_team.team_id));
    return addressed(client, of_team);
  } else {
    return addressed(client, operation);
  }
}

template <class Operation>
management::Result<management::HttpRequest> preview(const management::Client& client,
                                                    const Operation& operation) {
  return preview(client, operation, deadline_of(client));
}

/// The answer with its lists empty: what else it holds is still read and checked.
inline json::Value without_lists(json::Document& document) {
  const json::Value root = document.root();
  if (!root.is_object()) return root;
  const auto given = root.members();
  const std::span<json::Member> members = document.arena().make<json::Member>(given.size());
  for (std::size_t i = 0; i < given.size(); ++i)
    std::construct_at(&members[i], given[i].name,
                      given[i].value.is_array() ? json::Value::of_array({}) : given[i].value);
  return json::Value::of_object(members);
}

/// Reads a 2xx answer. A write whose answer makes no sense may well have been made.
template <class Operation>
management::Result<Answer<typename Operation::Response>> read_answer(
    management::HttpResponse response, Lists lists = Lists::read) {
  using Response = typename Operation::Response;
  constexpr auto& row = wire::row<Operation>;
  const std::string request_id = request_id_of(response);
  const int status = response.status;
  const auto server_time = base::parse_http_date(response.header("date"));
  // An answer without members says all by its status; it may leave its body out.
  if constexpr (std::is_empty_v<Response>)
    if (response.body.empty()) response.body = "{}";
  const auto malformed = [&](management::Error error) {
    return std::unexpected(malformed_answer(std::move(error), row.retry, status, request_id));
  };
  if (response.body.empty())
    return malformed({.message = "the answer is empty where data belongs"});
  auto document = json::Document::parse(std::move(response.body));
  if (!document) return malformed(std::move(document).error());
  auto value =
      wire::decode<Response>(lists.are_decoded ? document->root() : without_lists(*document));
  if (!value) return malformed(std::move(value).error());
  if constexpr (mints_secret<Operation>)
    if (value->api_key.value_or(management::Secret{}).empty())
      return malformed({.message = "it holds no secret"});
  return Answer<Response>{
      .document = std::move(*document), .value = std::move(*value), .server_time = server_time};
}

template <class Operation>
management::Result<Answer<typename Operation::Response>> exchange(const management::Client& client,
                                                                  const Operation& operation,
                                                                  const Deadline& deadline,
                                                                  Lists lists = Lists::read) {
  constexpr auto& row = wire::row<Operation>;
  management::HttpRequest request = TRY(preview(client, operation, deadline));
  std::optional<json::ListStream> stream;
  if (lists.reader != nullptr) {
    stream.emplace(*lists.reader);
    request.reader = {.begin = [&] { stream->begin(); },
                      .read = [&](std::string& body) { stream->read(body); }};
  }
  const auto attempt = [&]() -> management::Result<Answer<typename Operation::Response>> {
    request.timeout = TRY(deadline.left());
    management::HttpResponse response =
        TRY(client.pipeline().send(request, {.host = row.host, .acl = row.acl}));
    if (stream) stream->end(response.body);
    return read_answer<Operation>(std::move(response), lists);
  };
  if constexpr (mints_secret<Operation>) {
    std::optional<Answer<typename Operation::Response>> whole_enough;
    request.salvage = [&](const management::HttpResponse& broken_off) {
      whole_enough = salvaged(broken_off);
    };
    auto answer = attempt();
    if (!answer && whole_enough) return *std::move(whole_enough);
    return answer;
  } else if constexpr (row.retry == wire::RetryClass::after_read_back) {
    const auto look = [&](const management::Error& error) {
      return read_back(client, operation, error, deadline);
    };
    return with_read_back<typename Operation::Response>(client.pipeline(), deadline, attempt, look);
  } else {
    return attempt();
  }
}

/// Sends one operation; `Client::send` with the document beside the struct.
template <class Operation>
management::Result<Answer<typename Operation::Response>> exchange(const management::Client& client,
                                                                  const Operation& operation) {
  return exchange(client, operation, deadline_of(client));
}

}  // namespace xai::client
