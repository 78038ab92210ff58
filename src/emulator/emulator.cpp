#include "emulator/emulator.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "emulator/answer_text.h"
#include "emulator/errors.h"
#include "emulator/fault_answer.h"
#include "emulator/limits.h"
#include "emulator/router.h"
#include "emulator/seed.h"

namespace xai::emulator {

using management::Error;
using management::Header;
using management::Result;

namespace {

/// 127.0.0.1, localhost or [::1], with any port or none.
bool is_local(std::string_view host) {
  static constexpr std::array<std::string_view, 3> names{"127.0.0.1", "localhost", "[::1]"};
  return std::ranges::any_of(names, [&](std::string_view name) {
    if (!is_same_text(host.substr(0, name.size()), name)) return false;
    const std::string_view rest = host.substr(name.size());
    return rest.empty() || (rest.front() == ':' &&
                            rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
  });
}

bool is_control(std::string_view target) {
  return target.starts_with("/_emulator/") && !target.starts_with("/_emulator/clusters/");
}

/// A client orders events by the server's clock, so the date is the emulator's, right or wrong.
void add_date(HttpResponse& response, const State& state) {
  if (response.header("date").empty())
    response.headers.push_back(
        {"date", base::format_http_date(state.clock.now() + state.date_offset)});
}

/// A team and a key with all rights, as the options ask for them.
Result<StoredManagementKey> ensure_key(Store& store, Identifiers& identifiers, Timestamp now,
                                       const Options& options) {
  const auto& keys = store.management_keys();
  if (options.management_key.empty() && options.team_id.empty() && !keys.empty())
    return keys.front();
  for (const StoredManagementKey& known : keys) {
    const bool is_asked_for = options.management_key.empty()
                                  ? known.key.team() == options.team_id
                                  : known.secret == options.management_key;
    if (!is_asked_for) continue;
    if (!options.team_id.empty() && known.key.team() != options.team_id &&
        known.key.scope != "SCOPE_ORGANIZATION")
      return std::unexpected(errors::key_of_another_team());
    return known;
  }
  Seed more;
  const bool is_team_known = options.team_id.empty() || store.team(options.team_id) != nullptr;
  if (!is_team_known) more.teams.push_back({.team_id = options.team_id});
  const std::string team_id =
      options.team_id.empty() ? store.teams().begin()->first : options.team_id;
  more.management_keys.push_back(new_management_key(options.management_key, team_id));
  complete(more, identifiers, now);
  if (is_team_known) more.teams.clear();
  TRY(store.plant(more));
  return more.management_keys.front();
}

}  // namespace

std::optional<HttpResponse> refuse_strangers(const HttpRequest& request) {
  for (const Header& header : request.headers) {
    if (is_same_text(header.name, "origin")) return errors::foreign_origin();
    if (is_same_text(header.name, "host") && !is_local(header.value))
      return errors::foreign_host(header.value);
  }
  return std::nullopt;
}

Result<std::unique_ptr<Emulator>> Emulator::open(Options options) {
  if (!options.team_id.empty() && !is_uuid(options.team_id))
    return std::unexpected(errors::invalid_argument("the team id should be a UUID"));
  auto store = TRY(Store::open(options.db_file));
  Clock clock{options.now, options.running_clock};
  const std::uint64_t already_made = TRY(store->ledger_size());
  Identifiers identifiers{options.random_seed, already_made};
  const bool is_new = store->empty();
  if (is_new) {
    Seed seed = options.seed ? *options.seed : default_seed();
    if (seed.teams.empty()) seed.teams.emplace_back();
    if (seed.teams.front().team_id.empty()) seed.teams.front().team_id = options.team_id;
    for (Team& team : seed.teams)
      team.billing.usage_seed = static_cast<std::int64_t>(options.random_seed.value_or(0));
    complete(seed, identifiers, clock.now());
    TRY(check(seed, clock.now()));
    TRY(store->plant(seed));
  }
  StoredManagementKey key = TRY(ensure_key(*store, identifiers, clock.now(), options));
  std::unique_ptr<Emulator> emulator{
      new Emulator{State{.check_acls = options.check_acls,
                         .propagation = options.propagation,
                         .list_lag = options.list_lag,
                         .date_offset = options.date_offset,
                         .error_style = options.error_style,
                         .unknown_key_status = options.unknown_key_status,
                         .nulls = options.nulls,
                         .ledger_lag = options.ledger_lag,
                         .key_tails = options.key_tails,
                         .usage_series_max = options.usage_series_max,
                         .rate_limit = options.rate_limit,
                         .store = std::move(store),
                         .clock = std::move(clock),
                         .identifiers = identifiers}}};
  emulator->shown_key_ = std::move(key);
  emulator->is_new_ = is_new;
  return emulator;
}

Emulator::Admission Emulator::admit(const HttpRequest& request) {
  Admission admission;
  admission.refusal = refuse_strangers(request);
  if (admission.refusal || is_control(request.target)) return admission;
  const std::scoped_lock lock{mutex_};
  admission.operation = operation_of(request);
  ++state_.operations[admission.operation].requests;
  if (state_.faults.empty()) return admission;
  const std::string_view path =
      std::string_view{request.target}.substr(0, request.target.find('?'));
  admission.fault = state_.faults.next(request.method, path, list_place_of(request));
  if (admission.fault && admission.fault->when == Fault::When::before)
    admission.delay = admission.fault->delay;
  return admission;
}

Reply Emulator::perform(const HttpRequest& request, const Admission& admission) {
  if (admission.refusal) return {.response = *admission.refusal};
  const std::scoped_lock lock{mutex_};
  Reply reply;
  const auto& fault = admission.fault;
  std::optional<HttpResponse> real;
  const std::int64_t commits_before = state_.store->commit_count();
  if (!fault || !stops(*fault, request.method))
    real = route(state_, request, fault ? fault->page : std::nullopt);
  if (!admission.operation.empty()) {
    OperationCount& count = state_.operations[admission.operation];
    const bool has_committed = state_.store->commit_count() != commits_before;
    if (has_committed) ++count.committed;
    if (!has_committed && (!real || real->status >= 400)) ++count.refused;
  }
  // What is said below /_emulator/ stays as it is.
  const ErrorStyle style = is_control(request.target) ? ErrorStyle::code : state_.error_style;
  if (fault)
    reply.response = faulty(*fault, std::move(real), style, is_at_inference(request));
  else
    reply.response = real->status < 400 ? *std::move(real) : in_style(*std::move(real), style);
  add_date(reply.response, state_);
  if (!fault) return reply;
  if (fault->when == Fault::When::after) reply.delay = fault->delay;
  reply.reset = fault->reset;
  reply.cut_at = fault->cut_at;
  reply.bytes_per_second = fault->bytes_per_second;
  if (fault->reset && !fault->cut_at) reply.cut_at = 0;
  const std::string head = head_text(reply.response, admission.keep_alive);
  state_.faults.record_answer(fault->id, head.size() + reply.response.body.size());
  return reply;
}

HttpResponse Emulator::refuse_method(const HttpRequest& request) {
  if (auto refusal = refuse_strangers(request)) return *std::move(refusal);
  const std::scoped_lock lock{mutex_};
  HttpResponse response = emulator::refuse_method(request);
  if (!is_control(request.target)) response = in_style(std::move(response), state_.error_style);
  add_date(response, state_);
  return response;
}

Reply Emulator::handle(const HttpRequest& request) {
  const Admission admission = admit(request);
  Reply reply = perform(request, admission);
  reply.delay += admission.delay;
  return reply;
}

management::Secret Emulator::management_key() const { return shown_key_.secret; }

std::string Emulator::team_id() const {
  return shown_key_.key.team().empty() ? state_.store->teams().begin()->first
                                       : shown_key_.key.team();
}

}  // namespace xai::emulator
