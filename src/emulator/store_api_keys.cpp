#include <algorithm>
#include <utility>

#include "base/try.h"
#include "emulator/identifiers.h"
#include "emulator/store.h"
#include "json/document.h"
#include "json/writer.h"

// The part of the store that holds API keys.
namespace xai::emulator {

using management::ApiKey;

namespace {

#define API_KEY_COLUMNS                                                                    \
  "sequence, api_key_id, secret, team_id, user_id, modified_by, name, acls, create_time, " \
  "modify_time, expire_time, qps, qpm, tpm, disabled, blocked, secret_time"

std::string acls_to_text(const std::vector<Acl>& acls) {
  std::string text;
  json::Writer writer{text};
  writer.begin_array();
  for (const Acl& acl : acls) writer.string(acl.text);
  writer.end_array();
  return text;
}

std::vector<Acl> acls_from_text(std::string text) {
  std::vector<Acl> acls;
  const auto document = json::Document::parse(std::move(text));
  if (!document) return acls;
  for (const json::Value& item : document->root().items())
    acls.push_back({std::string{item.text()}});
  return acls;
}

template <class Number>
std::optional<Number> optional_number(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<Number>(row.integer(column));
}

ApiKey api_key_from(const Statement& row) {
  ApiKey key{.redacted_api_key = redact(Secret{row.text(2)}),
             .user_id = row.text(4),
             .name = row.text(6),
             .create_time = to_timestamp(row.integer(8)),
             .modify_time = to_timestamp(row.integer(9)),
             .team_id = row.text(3),
             .api_key_id = row.text(1),
             .disabled = row.integer(14) != 0,
             .qps = optional_number<std::int32_t>(row, 11),
             .qpm = optional_number<std::int32_t>(row, 12),
             .tpm = optional_number<std::int64_t>(row, 13),
             .acls = acls_from_text(row.text(7))};
  if (!row.is_null(10)) key.expire_time = to_timestamp(row.integer(10));
  return key;
}

StoredApiKey stored_key_from(const Statement& row) {
  return {.key = api_key_from(row),
          .secret = Secret{row.text(2)},
          .modified_by = row.text(5),
          .blocked = row.integer(15) != 0,
          .secret_time = to_timestamp(row.integer(16))};
}

bool carries_all(const ApiKey& key, const std::vector<Acl>& wanted) {
  return std::ranges::all_of(
      wanted, [&](const Acl& acl) { return std::ranges::find(key.acls, acl) != key.acls.end(); });
}

}  // namespace

Result<void> Store::prepare_api_keys() {
  return prepare_all({
      {&insert_api_key_,
       "INSERT INTO api_key (api_key_id, secret, team_id, user_id, modified_by, name, acls, "
       "create_time, modify_time, expire_time, qps, qpm, tpm, disabled, blocked, secret_time) "
       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      {&update_api_key_,
       "UPDATE api_key SET secret = ?2, modified_by = ?3, name = ?4, acls = ?5, modify_time = ?6, "
       "expire_time = ?7, qps = ?8, qpm = ?9, tpm = ?10, disabled = ?11, secret_time = ?12 "
       "WHERE api_key_id = ?1"},
      {&keep_old_secret_,
       "INSERT INTO old_secret SELECT secret, api_key_id, secret_time, ?2 FROM api_key "
       "WHERE api_key_id = ?1"},
      {&select_by_old_secret_,
       "SELECT api_key_id, secret_time FROM old_secret WHERE secret = ? AND expire_time > ?"},
      {&end_old_secrets_,
       "UPDATE old_secret SET expire_time = min(expire_time, ?2) WHERE api_key_id = ?1"},
      {&select_secrets_,
       "SELECT old_secret.api_key_id, old_secret.secret, old_secret.secret_time AS made, "
       "min(old_secret.expire_time, coalesce(api_key.expire_time, old_secret.expire_time)), "
       "0 AS is_current, old_secret.rowid AS turn "
       "FROM old_secret LEFT JOIN api_key USING (api_key_id) UNION ALL "
       "SELECT api_key_id, secret, secret_time, expire_time, 1, sequence FROM api_key "
       "ORDER BY made, is_current, turn"},
      {&select_known_secret_,
       "SELECT 1 FROM api_key WHERE secret = ?1 UNION ALL "
       "SELECT 1 FROM old_secret WHERE secret = ?1"},
      {&select_by_id_, "SELECT " API_KEY_COLUMNS " FROM api_key WHERE api_key_id = ?"},
      {&select_by_secret_, "SELECT " API_KEY_COLUMNS " FROM api_key WHERE secret = ?"},
      {&select_page_, "SELECT " API_KEY_COLUMNS
                      " FROM api_key WHERE team_id = ?1 AND (create_time, sequence) < (?2, ?3) "
                      "AND (?4 IS NULL OR expire_time IS NULL OR expire_time > ?4) "
                      "ORDER BY create_time DESC, sequence DESC"},
      {&keep_past_,
       "INSERT INTO past_api_key (" API_KEY_COLUMNS ", end_time) SELECT " API_KEY_COLUMNS
       ", ?2 FROM api_key WHERE api_key_id = ?1"},
      {&select_past_page_,
       "SELECT " API_KEY_COLUMNS " FROM (SELECT " API_KEY_COLUMNS
       ", ~(1 << 63) AS version FROM api_key WHERE team_id = ?1 AND modify_time <= ?5 "
       "UNION ALL SELECT " API_KEY_COLUMNS
       ", version FROM past_api_key WHERE team_id = ?1 AND modify_time <= ?5 AND end_time > ?5) "
       "WHERE (create_time, sequence) < (?2, ?3) "
       "AND (?4 IS NULL OR expire_time IS NULL OR expire_time > ?4) "
       "ORDER BY create_time DESC, sequence DESC, version DESC"},
      {&select_versions_,
       "SELECT api_key_id, name, acls, create_time, modify_time, expire_time, disabled OR blocked, "
       "end_time, version, secret FROM past_api_key WHERE team_id = ?1 UNION ALL "
       "SELECT api_key_id, name, acls, create_time, modify_time, expire_time, disabled OR blocked, "
       "NULL, ~(1 << 63), secret FROM api_key WHERE team_id = ?1 ORDER BY api_key_id, 9"},
      {&delete_, "DELETE FROM api_key WHERE api_key_id = ?"},
  });
}

Result<void> Store::insert(const StoredApiKey& stored) {
  const ApiKey& key = stored.key;
  const std::string acls = acls_to_text(key.acls);
  return insert_api_key_
      .bind(key.api_key_id, stored.secret.reveal(), key.team_id, key.user_id, stored.modified_by,
            key.name, acls, to_integer(key.create_time.value_or(Timestamp{})),
            to_integer(key.modify_time.value_or(Timestamp{})), to_integer(key.expire_time), key.qps,
            key.qpm, key.tpm, key.disabled, stored.blocked, to_integer(stored.secret_time))
      .run();
}

Result<void> Store::update(const StoredApiKey& stored) {
  const ApiKey& key = stored.key;
  const std::string acls = acls_to_text(key.acls);
  return update_api_key_
      .bind(key.api_key_id, stored.secret.reveal(), stored.modified_by, key.name, acls,
            to_integer(key.modify_time.value_or(Timestamp{})), to_integer(key.expire_time), key.qps,
            key.qpm, key.tpm, key.disabled, to_integer(stored.secret_time))
      .run();
}

Result<void> Store::keep_past(const StoredApiKey& stored, Timestamp now) {
  return keep_past_.bind(stored.key.api_key_id, to_integer(now)).run();
}

Result<void> Store::create_api_key(const StoredApiKey& key, Timestamp now) {
  return commit(now, "createApiKey", "created", key, [&]() -> Result<void> { return insert(key); });
}

Result<void> Store::update_api_key(const StoredApiKey& key, Timestamp now) {
  return commit(now, "updateApiKey", "updated", key, [&]() -> Result<void> {
    TRY(keep_past(key, now));
    return update(key);
  });
}

Result<void> Store::rotate_api_key(const StoredApiKey& key, Timestamp now,
                                   Timestamp old_secret_expire_time) {
  return commit(now, "rotateApiKey", "rotated", key, [&]() -> Result<void> {
    // One old secret at a time: a second rotation ends what the first one left.
    TRY(end_old_secrets_.bind(key.key.api_key_id, to_integer(now)).run());
    TRY(keep_old_secret_.bind(key.key.api_key_id, to_integer(old_secret_expire_time)).run());
    TRY(keep_past(key, now));
    return update(key);
  });
}

Result<void> Store::delete_api_key(const StoredApiKey& key, Timestamp now) {
  return commit(now, "deleteApiKey", "deleted", key, [&]() -> Result<void> {
    TRY(keep_past(key, now));
    const Timestamp end = std::min(now, key.key.expire_time.value_or(now));
    TRY(keep_old_secret_.bind(key.key.api_key_id, to_integer(end)).run());
    TRY(end_old_secrets_.bind(key.key.api_key_id, to_integer(end)).run());
    return delete_.bind(key.key.api_key_id).run();
  });
}

Result<std::optional<StoredApiKey>> Store::one_api_key(Statement& select) {
  std::optional<StoredApiKey> key;
  if (TRY(select.step())) key = stored_key_from(select);
  select.reset();
  return key;
}

Result<std::optional<StoredApiKey>> Store::api_key(std::string_view api_key_id) {
  return one_api_key(select_by_id_.bind(api_key_id));
}

Result<std::optional<StoredApiKey>> Store::api_key_with(const Secret& secret, Timestamp now) {
  auto key = TRY(one_api_key(select_by_secret_.bind(secret.reveal())));
  if (key) return key;
  select_by_old_secret_.bind(secret.reveal(), to_integer(now));
  if (!TRY(select_by_old_secret_.step())) return std::nullopt;
  const std::string api_key_id = select_by_old_secret_.text(0);
  const Timestamp secret_time = to_timestamp(select_by_old_secret_.integer(1));
  select_by_old_secret_.reset();
  key = TRY(api_key(api_key_id));
  if (!key) return std::nullopt;
  key->secret = secret;
  key->secret_time = secret_time;
  key->key.redacted_api_key = redact(secret);
  return key;
}

Result<ApiKeyPage> Store::list_api_keys(const ApiKeyQuery& query) {
  const Cursor after = query.after.value_or(beginning);
  Statement& select = query.as_of ? select_past_page_ : select_page_;
  select.bind(query.team_id, after.create_time, after.sequence, to_integer(query.active_at),
              to_integer(query.as_of));
  ApiKeyPage page;
  Cursor last{};
  Cursor seen{};
  while (TRY(select.step())) {
    const Cursor place{.create_time = select.integer(8), .sequence = select.integer(0)};
    if (query.until && place < *query.until) break;
    // Of two pasts of one key, as a clock that was set back leaves them, the later made counts.
    if (std::exchange(seen, place) == place) continue;
    ApiKey key = api_key_from(select);
    if (!carries_all(key, query.acl_filters)) continue;
    if (query.page_size && std::cmp_equal(page.keys.size(), *query.page_size)) {
      page.next = last;
      break;
    }
    last = place;
    page.keys.push_back(std::move(key));
  }
  select.reset();
  return page;
}

Result<std::vector<KeyPeriod>> Store::key_periods(std::string_view team_id) {
  std::vector<KeyPeriod> periods;
  std::size_t first = 0;  // Of the key that is being read.
  // What follows a version ends it, also where a clock that was set back made them overlap.
  const auto finish = [&] {
    for (std::size_t i = periods.size(); i-- > first + 1;) {
      periods[i - 1].end = std::min(periods[i - 1].end, periods[i].start);
      periods[i - 1].name = periods[i].name;
      periods[i - 1].redacted_api_key = periods[i].redacted_api_key;
    }
    first = periods.size();
  };
  std::vector<bool> is_usable;
  select_versions_.bind(team_id);
  while (TRY(select_versions_.step())) {
    const Statement& row = select_versions_;
    if (first < periods.size() && periods[first].api_key_id != row.text(0)) finish();
    KeyPeriod period{.api_key_id = row.text(0),
                     .name = row.text(1),
                     .redacted_api_key = redact(Secret{row.text(9)}),
                     .acls = acls_from_text(row.text(2)),
                     .create_time = to_timestamp(row.integer(3)),
                     .start = to_timestamp(row.integer(first == periods.size() ? 3 : 4)),
                     .end = Timestamp::max()};
    if (!row.is_null(7)) period.end = to_timestamp(row.integer(7));
    if (!row.is_null(5)) period.end = std::min(period.end, to_timestamp(row.integer(5)));
    periods.push_back(std::move(period));
    is_usable.push_back(row.integer(6) == 0);
  }
  finish();
  std::vector<KeyPeriod> usable;
  for (std::size_t i = 0; i < periods.size(); ++i)
    if (is_usable[i] && periods[i].start < periods[i].end) usable.push_back(std::move(periods[i]));
  return usable;
}

Result<std::vector<SecretRecord>> Store::secrets() {
  std::vector<SecretRecord> secrets;
  select_secrets_.bind();
  while (TRY(select_secrets_.step())) {
    const bool ends = !select_secrets_.is_null(3);
    secrets.push_back({.api_key_id = select_secrets_.text(0),
                       .secret = Secret{select_secrets_.text(1)},
                       .secret_time = to_timestamp(select_secrets_.integer(2))});
    if (ends) secrets.back().works_until = to_timestamp(select_secrets_.integer(3));
  }
  return secrets;
}

Result<bool> Store::knows_secret(const Secret& secret) {
  select_known_secret_.bind(secret.reveal());
  const bool is_known = TRY(select_known_secret_.step());
  select_known_secret_.reset();
  return is_known;
}

}  // namespace xai::emulator
