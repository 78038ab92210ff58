#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/routes/routes.h"
#include "emulator/strict.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::emulator::routes {

using management::Method;

namespace {

Result<std::string> list_faults(State& state, const HttpRequest&) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("faults");
  writer.begin_array();
  for (const Fault& fault : state.faults.faults()) write_fault(writer, fault);
  writer.end_array();
  writer.end_object();
  return body;
}

Result<std::string> add_fault(State& state, const HttpRequest& request) {
  const auto document = TRY(read_control_body(request));
  Fault fault = TRY(parse_fault(document.root()));
  if (state.faults.faults().size() >= limits::pending_faults_max)
    return std::unexpected(errors::invalid_argument("too many faults are set; DELETE them first"));
  state.faults.add(std::move(fault));
  return list_faults(state, request);
}

Result<std::string> clear_faults(State& state, const HttpRequest& request) {
  state.faults.clear();
  return list_faults(state, request);
}

void write_commit(json::Writer& writer, const Commit& commit) {
  writer.begin_object();
  writer.key("sequence");
  writer.integer(commit.sequence);
  writer.key("time");
  writer.string(base::format_rfc3339(commit.time));
  writer.key("operation");
  writer.string(commit.operation);
  writer.key("apiKeyId");
  writer.string(commit.api_key_id);
  writer.key("name");
  writer.string(commit.name);
  writer.end_object();
}

/// One count of every operation; those that are nought are left out.
void write_counts(json::Writer& writer, std::string_view name, const State& state,
                  std::int64_t OperationCount::* count) {
  writer.key(name);
  writer.begin_object();
  for (const auto& [operation, counts] : state.operations) {
    if (counts.*count == 0) continue;
    writer.key(operation);
    writer.integer(counts.*count);
  }
  writer.end_object();
}

Result<std::string> get_ledger(State& state, const HttpRequest&) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("commits");
  writer.begin_array();
  for (const Commit& commit : TRY(state.store->ledger())) write_commit(writer, commit);
  writer.end_array();
  write_counts(writer, "requests", state, &OperationCount::requests);
  write_counts(writer, "refused", state, &OperationCount::refused);
  write_counts(writer, "committed", state, &OperationCount::committed);
  writer.end_object();
  return body;
}

Result<std::string> get_clock(State& state, const HttpRequest&) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("now");
  writer.string(base::format_rfc3339(state.clock.now()));
  writer.key("standsStill");
  writer.boolean(state.clock.stands_still());
  writer.end_object();
  return body;
}

Result<std::string> move_clock(State& state, const HttpRequest& request) {
  const auto document = TRY(read_control_body(request));
  TRY(only_members(document.root(), {"now", "advance"}));
  const std::string now = TRY(string_member(document.root(), "now"));
  const std::string advance = TRY(string_member(document.root(), "advance"));
  if (now.empty() == advance.empty())
    return std::unexpected(errors::invalid_argument("give either `now` or `advance`"));
  if (!now.empty()) {
    const auto time = base::parse_rfc3339(now);
    if (!time) return std::unexpected(errors::invalid_argument("`now` should be an RFC 3339 time"));
    state.clock.set(*time);
  } else {
    const auto span = base::parse_span(advance);
    if (!span)
      return std::unexpected(
          errors::invalid_argument("`advance` should be a span of at most 100 years, such as 24h"));
    const auto last = base::parse_rfc3339("9999-12-31T23:59:59Z");
    if (state.clock.now() + *span > *last)
      return std::unexpected(
          errors::invalid_argument("`advance` would lead beyond the year 9999; the clock is at " +
                                   base::format_rfc3339(state.clock.now())));
    state.clock.advance(*span);
  }
  return get_clock(state, request);
}

struct ControlRoute {
  Method method;
  std::string_view path;
  Result<std::string> (*answer)(State&, const HttpRequest&);
};

constexpr std::array<ControlRoute, 8> control_routes{{
    {Method::get, "/_emulator/faults", list_faults},
    {Method::post, "/_emulator/faults", add_fault},
    {Method::delete_, "/_emulator/faults", clear_faults},
    {Method::get, "/_emulator/ledger", get_ledger},
    {Method::get, "/_emulator/clock", get_clock},
    {Method::post, "/_emulator/clock", move_clock},
    {Method::post, "/_emulator/state", set_state},
    {Method::get, "/_emulator/secrets", list_secrets},
}};

}  // namespace

Result<json::Document> read_control_body(const HttpRequest& request) {
  auto document = json::Document::parse(request.body.empty() ? "{}" : request.body);
  if (!document) return std::unexpected(errors::invalid_argument(document.error().message));
  return document;
}

HttpResponse refuse_control_method(std::string_view path) {
  const bool is_known =
      std::ranges::find(control_routes, path, &ControlRoute::path) != control_routes.end();
  return errors::to_response(is_known ? errors::method_not_allowed() : errors::route_not_found());
}

HttpResponse control(State& state, const HttpRequest& request, std::string_view path) {
  for (const ControlRoute& candidate : control_routes) {
    if (candidate.path != path || candidate.method != request.method) continue;
    auto body = candidate.answer(state, request);
    if (!body) return errors::to_response(body.error());
    return reply(*std::move(body));
  }
  return refuse_control_method(path);
}

}  // namespace xai::emulator::routes
