#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/nulls.h"
#include "emulator/routes/routes.h"
#include "json/writer.h"
#include "wire/members.h"
#include "xai/management/api_keys.h"

namespace xai::emulator::routes {

using management::ApiKey;
using management::ApiKeyPropagation;
using management::ApiKeyValues;
using management::CheckApiKeyPropagation;
using management::CreateApiKey;
using management::DeleteApiKey;
using management::ListApiKeys;
using management::RotateApiKey;
using management::UpdateApiKey;

namespace {

std::string to_token(const Cursor& cursor) {
  return std::to_string(cursor.create_time) + "." + std::to_string(cursor.sequence);
}

std::optional<Cursor> from_token(std::string_view token) {
  if (token.starts_with(second_try_prefix)) token.remove_prefix(second_try_prefix.size());
  Cursor cursor;
  const char* end = token.data() + token.size();
  const auto time = std::from_chars(token.data(), end, cursor.create_time);
  if (time.ec != std::errc{} || time.ptr == end || *time.ptr != '.') return std::nullopt;
  const auto sequence = std::from_chars(time.ptr + 1, end, cursor.sequence);
  if (sequence.ec != std::errc{} || sequence.ptr != end) return std::nullopt;
  return cursor;
}

/// The keys that came before `place`, as many as make a page.
Result<ApiKeyPage> page_before(Store& store, ApiKeyQuery query, Cursor place) {
  query.after.reset();
  query.until = place;
  const auto size = std::exchange(query.page_size, std::nullopt);
  ApiKeyPage page = TRY(store.list_api_keys(query));
  if (size && std::cmp_greater(page.keys.size(), *size))
    page.keys.erase(page.keys.begin(), page.keys.end() - *size);
  return page;
}

Result<void> check(const CreateApiKey& operation) {
  if (operation.name.empty()) return std::unexpected(errors::empty_name());
  if (operation.qps.value_or(0) < 0) return std::unexpected(errors::negative_number("qps"));
  if (operation.qpm.value_or(0) < 0) return std::unexpected(errors::negative_number("qpm"));
  if (operation.tpm.value_or(0) < 0) return std::unexpected(errors::negative_number("tpm"));
  // Differs: any text is taken as an ACL; what the service says to an unknown one is not known.
  return {};
}

/// The key with that id, if it is there for this caller.
Result<StoredApiKey> find_own(Call& call, std::string_view api_key_id) {
  auto stored = TRY(call.state.store->api_key(api_key_id));
  if (!stored || !reaches(call.caller, stored->key.team_id))
    return std::unexpected(errors::api_key_not_found());
  return *std::move(stored);
}

/// The answer to what mints a secret.
ApiKey with_secret(StoredApiKey stored) {
  ApiKey answer = std::move(stored.key);
  answer.redacted_api_key = redact(stored.secret);
  answer.api_key = std::move(stored.secret);
  return answer;
}

/// Changes the one member that `path` names; a value that is not there clears it.
Result<void> change(ApiKey& key, std::string_view path, const ApiKeyValues& values) {
  const auto is = [&](std::string_view name) { return wire::is_same_name(name, path); };
  if (values.qps.value_or(0) < 0) return std::unexpected(errors::negative_number("qps"));
  if (values.qpm.value_or(0) < 0) return std::unexpected(errors::negative_number("qpm"));
  if (values.tpm.value_or(0) < 0) return std::unexpected(errors::negative_number("tpm"));
  if (is("name")) {
    if (values.name.value_or("").empty()) return std::unexpected(errors::empty_name());
    key.name = *values.name;
  } else if (is("disabled")) {
    key.disabled = values.disabled.value_or(false);
  } else if (is("expireTime")) {
    key.expire_time = values.expire_time;
  } else if (is("qps")) {
    key.qps = values.qps;
  } else if (is("qpm")) {
    key.qpm = values.qpm;
  } else if (is("tpm")) {
    key.tpm = values.tpm;
  } else if (is("aclStrings")) {
    key.acls = values.acls.value_or(std::vector<Acl>{});
  } else {
    return std::unexpected(errors::bad_field_mask(path));
  }
  return {};
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const CreateApiKey& operation) {
  TRY(check(operation));
  Identifiers& identifiers = call.state.identifiers;
  StoredApiKey stored{
      .key = {.user_id = call.caller.owner_user_id,
              .name = operation.name,
              .create_time = call.now,
              .modify_time = call.now,
              .team_id = operation.team_id,
              .api_key_id = identifiers.uuid(),
              .expire_time = operation.expire_time,
              .qps = operation.qps,
              .qpm = operation.qpm,
              .tpm = operation.tpm,
              .acls = operation.acls},
      .secret = identifiers.secret(limits::inference_prefix, limits::secret_letters),
      .modified_by = call.caller.owner_user_id,
      .secret_time = call.now};
  TRY(call.state.store->create_api_key(stored, call.now));
  return reply(call, operation, with_secret(std::move(stored)));
}

template <>
Result<HttpResponse> answer(Call& call, const UpdateApiKey& operation) {
  StoredApiKey stored = TRY(find_own(call, operation.api_key_id));
  if (operation.field_mask.paths.empty()) return std::unexpected(errors::empty_field_mask());
  for (const std::string& path : operation.field_mask.paths)
    TRY(change(stored.key, path, operation.api_key));
  stored.key.modify_time = call.now;
  stored.modified_by = call.caller.owner_user_id;
  TRY(call.state.store->update_api_key(stored, call.now));
  return reply(call, operation, stored.key);
}

template <>
Result<HttpResponse> answer(Call& call, const RotateApiKey& operation) {
  StoredApiKey stored = TRY(find_own(call, operation.api_key_id));
  const Timestamp old_end =
      operation.old_secret_expire_time.value_or(call.now + limits::old_secret_span);
  if (old_end > call.now + limits::old_secret_span_max)
    return std::unexpected(errors::old_secret_lives_too_long());
  // The old secret lives no longer than the key would have.
  const Timestamp key_end = stored.key.expire_time.value_or(Timestamp::max());
  if (operation.expire_time) stored.key.expire_time = operation.expire_time;
  stored.key.modify_time = call.now;
  stored.modified_by = call.caller.owner_user_id;
  stored.secret = call.state.identifiers.secret(limits::inference_prefix, limits::secret_letters);
  stored.secret_time = call.now;
  TRY(call.state.store->rotate_api_key(stored, call.now, std::min(old_end, key_end)));
  return reply(call, operation, with_secret(std::move(stored)));
}

template <>
Result<HttpResponse> answer(Call& call, const ListApiKeys& operation) {
  // Differs: every key of the team is listed; here each management key is a team admin's.
  ApiKeyQuery query{.team_id = operation.team_id, .acl_filters = operation.acl_filters};
  if (operation.page_size.value_or(0) < 0)
    return std::unexpected(errors::negative_number("pageSize"));
  if (operation.page_size.value_or(0) > 0) query.page_size = operation.page_size;
  if (operation.active_only) query.active_at = call.now;
  if (call.state.list_lag.count() != 0) query.as_of = call.now - call.state.list_lag;
  if (!operation.pagination_token.empty()) {
    query.after = from_token(operation.pagination_token);
    if (!query.after) return std::unexpected(errors::bad_pagination_token());
  }
  const bool is_duplicate = query.after && call.page_fault == PageFault::duplicate;
  const ApiKeyPage page = TRY(is_duplicate ? page_before(*call.state.store, query, *query.after)
                                           : call.state.store->list_api_keys(query));
  std::optional<std::string> next;
  if (page.next) next = to_token(*page.next);
  if (is_duplicate) next = std::string{second_try_prefix} + operation.pagination_token;
  if (call.page_fault == PageFault::loop) next = to_token(query.after.value_or(beginning));
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("apiKeys");
  writer.begin_array();
  for (const ApiKey& key : page.keys) write_answer(writer, key, call.state.nulls);
  writer.end_array();
  // The last page has no token, not an empty one.
  if (next) {
    writer.key("paginationToken");
    writer.string(*next);
  }
  writer.end_object();
  return reply(std::move(body));
}

template <>
Result<HttpResponse> answer(Call& call, const DeleteApiKey& operation) {
  // Differs: a deleted key is unknown in every cluster at once.
  StoredApiKey stored = TRY(find_own(call, operation.api_key_id));
  stored.modified_by = call.caller.owner_user_id;
  TRY(call.state.store->delete_api_key(stored, call.now));
  return reply(call, operation, {});
}

template <>
Result<HttpResponse> answer(Call& call, const CheckApiKeyPropagation& operation) {
  const StoredApiKey stored = TRY(find_own(call, operation.api_key_id));
  ApiKeyPropagation answer;
  const Team* team = call.state.store->team(stored.key.team_id);
  if (team == nullptr) return reply(call, operation, answer);
  for (const std::string& cluster : team->clusters)
    answer.clusters[cluster + ".api.x.ai"] =
        is_known_in(call.state, stored, stored.key.modify_time.value_or(Timestamp{}), cluster);
  return reply(call, operation, answer);
}

bool is_known_in(const State& state, const StoredApiKey& stored, Timestamp since,
                 std::string_view cluster) {
  const Team* team = state.store->team(stored.key.team_id);
  if (team == nullptr) return false;
  // One cluster after the other, in the order of the team's models; the last one after the span.
  std::size_t turn = team->clusters.size();
  for (std::size_t i = 0; i < team->clusters.size(); ++i)
    if (team->clusters[i] == cluster) turn = i + 1;
  if (team->clusters.empty()) return true;
  const auto wait = std::chrono::microseconds{state.propagation} * turn / team->clusters.size();
  return state.clock.now() >= since + wait;
}

}  // namespace xai::emulator::routes
