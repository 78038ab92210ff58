#include "emulator/store.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/try.h"
#include "emulator/schema_sql.h"
#include "emulator/seed.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::emulator {

using management::ApiKey;

namespace {

#define API_KEY_COLUMNS                                                                    \
  "sequence, api_key_id, secret, team_id, user_id, modified_by, name, acls, create_time, " \
  "modify_time, expire_time, qps, qpm, tpm, disabled, blocked, secret_time"

std::int64_t to_integer(Timestamp time) { return time.time_since_epoch().count(); }
Timestamp to_timestamp(std::int64_t number) { return Timestamp{std::chrono::microseconds{number}}; }

std::optional<std::int64_t> to_integer(const std::optional<Timestamp>& time) {
  return time ? std::optional{to_integer(*time)} : std::nullopt;
}

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

void Store::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<std::unique_ptr<Store>> Store::open(const std::string& file) {
  std::unique_ptr<Store> store{new Store};
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(file.empty() ? ":memory:" : file.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  store->database_.reset(raw);
  if (code != SQLITE_OK) return std::unexpected(sqlite_error(raw));
  // The exclusive lock refuses a second emulator on the same file, whose memory would be stale.
  TRY(
      store->execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE;"));
  TRY(store->execute(schema_sql));
  TRY(store->execute("COMMIT"));
  TRY(store->prepare());
  TRY(store->load());
  return store;
}

Result<void> Store::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return std::unexpected(sqlite_error(database_.get()));
}

Result<void> Store::prepare() {
  const std::pair<Statement*, std::string_view> all[] = {
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&rollback_, "ROLLBACK"},
      {&insert_team_, "INSERT OR REPLACE INTO team VALUES (?, ?, ?, ?, ?)"},
      {&insert_management_key_, "INSERT INTO management_key (secret, document) VALUES (?, ?)"},
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
      {&delete_old_secrets_, "DELETE FROM old_secret WHERE api_key_id = ?"},
      {&select_by_id_, "SELECT " API_KEY_COLUMNS " FROM api_key WHERE api_key_id = ?"},
      {&select_by_secret_, "SELECT " API_KEY_COLUMNS " FROM api_key WHERE secret = ?"},
      {&select_page_, "SELECT " API_KEY_COLUMNS
                      " FROM api_key WHERE team_id = ?1 AND (create_time, sequence) < (?2, ?3) "
                      "AND (?4 IS NULL OR expire_time IS NULL OR expire_time > ?4) "
                      "ORDER BY create_time DESC, sequence DESC"},
      {&delete_, "DELETE FROM api_key WHERE api_key_id = ?"},
      {&insert_ledger_,
       "INSERT INTO ledger (time, operation, api_key_id, name) VALUES (?, ?, ?, ?)"},
      {&select_ledger_,
       "SELECT sequence, time, operation, api_key_id, name FROM ledger ORDER BY sequence"},
      {&count_ledger_, "SELECT coalesce(max(sequence), 0) FROM ledger"},
  };
  for (const auto& [statement, sql] : all)
    *statement = TRY(Statement::prepare(database_.get(), sql));
  return {};
}

Result<void> Store::load() {
  Statement teams = TRY(Statement::prepare(
      database_.get(), "SELECT team_id, models, endpoints, blocked, out_of_credit FROM team"));
  while (TRY(teams.step())) {
    Team team{.team_id = teams.text(0),
              .models = teams.text(1),
              .endpoints = teams.text(2),
              .blocked = teams.integer(3) != 0,
              .out_of_credit = teams.integer(4) != 0};
    team.clusters = cluster_names(team.models);
    teams_.insert_or_assign(team.team_id, std::move(team));
  }
  Statement keys = TRY(Statement::prepare(
      database_.get(), "SELECT secret, document FROM management_key ORDER BY sequence"));
  while (TRY(keys.step())) {
    const auto document = TRY(json::Document::parse(keys.text(1)));
    auto key = TRY(wire::decode<management::ManagementKey>(document.root()));
    management_keys_.push_back({.secret = Secret{keys.text(0)}, .key = std::move(key)});
  }
  return {};
}

template <class Work>
Result<void> Store::transaction(Work work) {
  TRY(begin_.bind().run());
  Result<void> result = work();
  if (result) result = commit_.bind().run();
  if (!result) (void)rollback_.bind().run();
  return result;
}

Result<void> Store::plant(const Seed& seed) {
  return transaction([&]() -> Result<void> {
    for (const Team& team : seed.teams) TRY(put_team(team));
    for (const StoredManagementKey& key : seed.management_keys) TRY(add_management_key(key));
    for (const StoredApiKey& key : seed.api_keys) TRY(insert(key));
    return {};
  });
}

const Team* Store::team(std::string_view team_id) const {
  const auto found = teams_.find(team_id);
  return found == teams_.end() ? nullptr : &found->second;
}

Result<void> Store::put_team(const Team& team) {
  TRY(insert_team_.bind(team.team_id, team.models, team.endpoints, team.blocked, team.out_of_credit)
          .run());
  teams_.insert_or_assign(team.team_id, team);
  return {};
}

const management::ManagementKey* Store::management_key(const Secret& secret) const {
  if (secret.empty()) return nullptr;
  const auto found = std::ranges::find(management_keys_, secret, &StoredManagementKey::secret);
  return found == management_keys_.end() ? nullptr : &found->key;
}

Result<void> Store::add_management_key(const StoredManagementKey& key) {
  std::string document;
  json::Writer writer{document};
  wire::encode(writer, key.key);
  TRY(insert_management_key_.bind(key.secret.reveal(), document).run());
  management_keys_.push_back(key);
  return {};
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

Result<void> Store::write_ledger(Timestamp now, std::string_view operation, const ApiKey& key) {
  return insert_ledger_.bind(to_integer(now), operation, key.api_key_id, key.name).run();
}

Result<void> Store::create_api_key(const StoredApiKey& key, Timestamp now) {
  return transaction([&]() -> Result<void> {
    TRY(insert(key));
    return write_ledger(now, "createApiKey", key.key);
  });
}

Result<void> Store::update_api_key(const StoredApiKey& key, Timestamp now) {
  return transaction([&]() -> Result<void> {
    TRY(update(key));
    return write_ledger(now, "updateApiKey", key.key);
  });
}

Result<void> Store::rotate_api_key(const StoredApiKey& key, Timestamp now,
                                   Timestamp old_secret_expire_time) {
  return transaction([&]() -> Result<void> {
    // One old secret at a time: a second rotation ends what the first one left.
    TRY(delete_old_secrets_.bind(key.key.api_key_id).run());
    TRY(keep_old_secret_.bind(key.key.api_key_id, to_integer(old_secret_expire_time)).run());
    TRY(update(key));
    return write_ledger(now, "rotateApiKey", key.key);
  });
}

Result<void> Store::delete_api_key(const StoredApiKey& key, Timestamp now) {
  return transaction([&]() -> Result<void> {
    TRY(delete_.bind(key.key.api_key_id).run());
    TRY(delete_old_secrets_.bind(key.key.api_key_id).run());
    return write_ledger(now, "deleteApiKey", key.key);
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
  constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();
  const Cursor after = query.after.value_or(Cursor{newest, newest});
  ApiKeyPage page;
  Cursor last{};
  select_page_.bind(query.team_id, after.create_time, after.sequence, to_integer(query.active_at));
  while (TRY(select_page_.step())) {
    ApiKey key = api_key_from(select_page_);
    if (!carries_all(key, query.acl_filters)) continue;
    if (query.page_size && std::cmp_equal(page.keys.size(), *query.page_size)) {
      page.next = last;
      break;
    }
    last = {select_page_.integer(8), select_page_.integer(0)};
    page.keys.push_back(std::move(key));
  }
  select_page_.reset();
  return page;
}

Result<std::vector<Commit>> Store::ledger() {
  std::vector<Commit> commits;
  select_ledger_.bind();
  while (TRY(select_ledger_.step()))
    commits.push_back({.sequence = select_ledger_.integer(0),
                       .time = to_timestamp(select_ledger_.integer(1)),
                       .operation = select_ledger_.text(2),
                       .api_key_id = select_ledger_.text(3),
                       .name = select_ledger_.text(4)});
  return commits;
}

Result<std::uint64_t> Store::ledger_size() {
  std::uint64_t size = 0;
  count_ledger_.bind();
  if (TRY(count_ledger_.step())) size = static_cast<std::uint64_t>(count_ledger_.integer(0));
  count_ledger_.reset();
  return size;
}

}  // namespace xai::emulator
