#include "emulator/store.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/schema_sql.h"
#include "emulator/seed.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/rows.h"

namespace xai::emulator {

using management::ApiKey;

namespace {

/// Goes up with every change to schema.sql: files of other versions are refused, not converted.
constexpr std::int64_t schema_version = 2;

/// The names of what a database holds, beside what SQLite adds by itself.
Result<std::string> names_in(sqlite3* database) {
  Statement select =
      TRY(Statement::prepare(database,
                             "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema "
                             "WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name)"));
  if (!TRY(select.step())) return std::string{};
  std::string names = select.text(0);
  select.reset();
  return names;
}

}  // namespace

void Store::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<std::unique_ptr<Store>> Store::open(const std::string& file) {
  std::unique_ptr<Store> store{new Store};
  if (file.empty()) {
    TRY(store->connect(":memory:"));
  } else {
    store->file_ = TRY(DatabaseFile::open(file));
    TRY(store->connect(store->file_.path()));
    TRY(store->check_file());
  }
  // The exclusive lock refuses a second emulator on the same file, whose memory would be stale.
  TRY(
      store->execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE;"));
  TRY(store->execute(schema_sql));
  TRY(store->execute(("PRAGMA user_version = " + std::to_string(schema_version)).c_str()));
  TRY(store->execute("COMMIT"));
  TRY(store->prepare());
  TRY(store->load());
  return store;
}

Result<void> Store::connect(const std::string& path) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(raw);
  if (code != SQLITE_OK) return std::unexpected(sqlite_error(raw));
  return {};
}

Result<void> Store::check_file() {
  // A file that is not ours must stay as it is: without this, closing it would fold its log in.
  sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  TRY(execute("PRAGMA locking_mode = EXCLUSIVE"));
  const auto checked = check_version();
  if (!checked || !file_.is_in_place()) {
    // While the file is locked by us, the log can be nobody else's.
    if (checked || checked.error().message != sqlite3_errstr(SQLITE_BUSY)) file_.remove_new_log();
    return checked ? std::unexpected(errors::replaced_database()) : checked;
  }
  sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  file_.keep_private();
  return {};
}

Result<void> Store::check_version() {
  std::int64_t version = 0;
  Statement select =
      TRY(Statement::prepare(database_.get(), "SELECT user_version FROM pragma_user_version"));
  if (TRY(select.step())) version = select.integer(0);
  select.reset();
  const std::string names = TRY(names_in(database_.get()));
  if (version == 0 && names.empty()) return {};
  if (version != schema_version)
    return std::unexpected(errors::other_schema_version(version, schema_version));
  // Others count their versions too.
  Store ours;
  TRY(ours.connect(":memory:"));
  TRY(ours.execute(schema_sql));
  if (names != TRY(names_in(ours.database_.get())))
    return std::unexpected(errors::foreign_database());
  return {};
}

Result<void> Store::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return std::unexpected(sqlite_error(database_.get()));
}

Result<void> Store::prepare_all(
    std::initializer_list<std::pair<Statement*, std::string_view>> all) {
  for (const auto& [statement, sql] : all)
    *statement = TRY(Statement::prepare(database_.get(), sql));
  return {};
}

Result<void> Store::prepare() {
  TRY(prepare_all({
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&rollback_, "ROLLBACK"},
      {&insert_team_, "INSERT OR REPLACE INTO team VALUES (?, ?, ?, ?, ?, ?)"},
      {&insert_management_key_, "INSERT INTO management_key (secret, document) VALUES (?, ?)"},
      {&insert_ledger_,
       "INSERT INTO ledger (time, operation, api_key_id, name) VALUES (?, ?, ?, ?)"},
      {&select_ledger_,
       "SELECT sequence, time, operation, api_key_id, name FROM ledger ORDER BY sequence"},
      {&count_ledger_, "SELECT coalesce(max(sequence), 0) FROM ledger"},
  }));
  TRY(prepare_audit_events());
  return prepare_api_keys();
}

Result<void> Store::load() {
  Statement teams = TRY(Statement::prepare(
      database_.get(),
      "SELECT team_id, models, endpoints, blocked, out_of_credit, billing FROM team"));
  while (TRY(teams.step())) {
    Team team{.team_id = teams.text(0),
              .models = teams.text(1),
              .endpoints = teams.text(2),
              .blocked = teams.integer(3) != 0,
              .credit = static_cast<Credit>(teams.integer(4)),
              .billing = TRY(parse_team_billing(teams.text(5)))};
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

Result<void> Store::transaction(const std::function<Result<void>()>& work) {
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
    for (const SeededApiKey& key : seed.api_keys) TRY(plant(key));
    return {};
  });
}

Result<void> Store::plant(const SeededApiKey& key) {
  TRY(insert(key));
  const Timestamp create_time = key.key.create_time.value_or(Timestamp{});
  TRY(insert_audit_event(key, create_time, "created", key.key.user_id));
  if (!key.delete_time) return {};
  TRY(keep_past(key, *key.delete_time));
  TRY(insert_audit_event(key, *key.delete_time, "deleted", key.modified_by));
  return delete_.bind(key.key.api_key_id).run();
}

const Team* Store::team(std::string_view team_id) const {
  const auto found = teams_.find(team_id);
  return found == teams_.end() ? nullptr : &found->second;
}

Result<void> Store::put_team(const Team& team) {
  const std::string billing = to_text(team.billing);
  TRY(insert_team_
          .bind(team.team_id, team.models, team.endpoints, team.blocked,
                static_cast<int>(team.credit), billing)
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

Result<void> Store::commit(Timestamp now, std::string_view operation, std::string_view done,
                           const StoredApiKey& key, const std::function<Result<void>()>& change) {
  const auto committed = transaction([&]() -> Result<void> {
    TRY(change());
    TRY(insert_audit_event(key, now, done, key.modified_by));
    return insert_ledger_.bind(to_integer(now), operation, key.key.api_key_id, key.key.name).run();
  });
  if (committed) ++commit_count_;
  return committed;
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
