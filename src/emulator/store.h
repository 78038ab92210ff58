#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/database_file.h"
#include "emulator/records.h"
#include "emulator/statement.h"
#include "xai/management/result.h"

namespace xai::emulator {

using management::Acl;
using management::Result;
using management::Secret;
using management::Timestamp;

// Times as the database has them, in microseconds since 1970.
inline std::int64_t to_integer(Timestamp time) { return time.time_since_epoch().count(); }
inline std::optional<std::int64_t> to_integer(const std::optional<Timestamp>& time) {
  return time ? std::optional{to_integer(*time)} : std::nullopt;
}
inline Timestamp to_timestamp(std::int64_t number) {
  return Timestamp{std::chrono::microseconds{number}};
}

/// A place in the order of listings, which stays where it is when keys come and go.
struct Cursor {
  std::int64_t create_time{};
  std::int64_t sequence{};

  auto operator<=>(const Cursor&) const = default;
};

/// Before every key.
inline constexpr Cursor beginning{.create_time = std::numeric_limits<std::int64_t>::max(),
                                  .sequence = std::numeric_limits<std::int64_t>::max()};

struct ApiKeyQuery {
  std::string team_id{};
  std::optional<Cursor> after{};
  std::optional<Cursor> until{};            ///< The last key that belongs to the answer.
  std::optional<std::int32_t> page_size{};  ///< None: all.
  std::vector<Acl> acl_filters{};
  std::optional<Timestamp> active_at{};
  std::optional<Timestamp> as_of{};  ///< The keys as they were then; none: as they are.
};

/// Which audit events are asked for; what is empty does not narrow them.
struct AuditQuery {
  std::string team_id{};
  std::string user_id{};
  std::string event_id{};
  std::vector<std::string> words{};  ///< In lower case; all have to be in the description.
  std::optional<Timestamp> from{};
  std::optional<Timestamp> to{};  ///< The first time that no longer belongs to it.
  bool is_ascending{};
  std::optional<Cursor> after{};  ///< In the order asked for; its `create_time` is the event's.
  std::optional<Cursor> until{};  ///< The last event that belongs to the answer.
  std::optional<std::size_t> page_size{};  ///< None: all.
};

struct AuditPage {
  std::vector<StoredAuditEvent> events{};
  bool has_more{};
};

struct ApiKeyPage {
  std::vector<management::ApiKey> keys{};
  std::optional<Cursor> next{};  ///< None on the last page.
};

/// The emulator's state, in SQLite. Teams and management keys, which no request changes, are
/// kept in memory as well.
class Store {
 public:
  /// An empty `file` is memory. Errors: internal; failed_precondition for what is no file, and for
  /// a file that is not ours or of another schema version, which is left as it is.
  static Result<std::unique_ptr<Store>> open(const std::string& file);

  [[nodiscard]] bool empty() const { return teams_.empty(); }
  /// All of the seed, or nothing with an error.
  Result<void> plant(const Seed& seed);

  [[nodiscard]] const std::map<std::string, Team, std::less<>>& teams() const { return teams_; }
  [[nodiscard]] const Team* team(std::string_view team_id) const;
  /// Adds the team, or takes the place of the one with its id.
  Result<void> put_team(const Team& team);

  /// In the order they were added.
  [[nodiscard]] const std::vector<StoredManagementKey>& management_keys() const {
    return management_keys_;
  }
  [[nodiscard]] const management::ManagementKey* management_key(const Secret& secret) const;
  Result<void> add_management_key(const StoredManagementKey& key);

  Result<void> create_api_key(const StoredApiKey& key, Timestamp now);
  Result<std::optional<StoredApiKey>> api_key(std::string_view api_key_id);
  /// The key that has this secret at `now`; its own, or one that rotation left behind.
  Result<std::optional<StoredApiKey>> api_key_with(const Secret& secret, Timestamp now);
  /// Newest first.
  Result<ApiKeyPage> list_api_keys(const ApiKeyQuery& query);
  Result<void> update_api_key(const StoredApiKey& key, Timestamp now);
  /// `key` has its new secret; the one it had until now works until `old_secret_expire_time`.
  Result<void> rotate_api_key(const StoredApiKey& key, Timestamp now,
                              Timestamp old_secret_expire_time);
  Result<void> delete_api_key(const StoredApiKey& key, Timestamp now);

  /// Of the keys that are there and of those that were, in the order they were made.
  Result<std::vector<SecretRecord>> secrets();
  /// Whether the secret is or was some key's.
  Result<bool> knows_secret(const Secret& secret);

  /// Of all keys of the team, those that are gone too; without overlaps, by key and time.
  Result<std::vector<KeyPeriod>> key_periods(std::string_view team_id);

  Result<AuditPage> list_audit_events(const AuditQuery& query);
  /// Where the team's event with that id stands.
  Result<std::optional<Cursor>> audit_place(std::string_view team_id, std::string_view event_id);

  /// Every change since the database was made, oldest first.
  Result<std::vector<Commit>> ledger();
  Result<std::uint64_t> ledger_size();
  /// Changes since this Store was opened.
  [[nodiscard]] std::int64_t commit_count() const { return commit_count_; }

 private:
  Store() = default;
  Result<void> execute(const char* sql);
  Result<void> connect(const std::string& path);
  /// Whether the file is new or our own, which is kept from others then.
  Result<void> check_file();
  Result<void> check_version();
  Result<void> prepare();
  Result<void> prepare_api_keys();
  Result<void> prepare_audit_events();
  Result<void> prepare_all(std::initializer_list<std::pair<Statement*, std::string_view>> all);
  Result<void> load();
  Result<void> insert(const StoredApiKey& stored);
  Result<void> plant(const SeededApiKey& key);
  Result<void> update(const StoredApiKey& stored);
  /// Keeps what the key is like until `now`, before a change to it.
  Result<void> keep_past(const StoredApiKey& stored, Timestamp now);
  Result<void> insert_audit_event(const StoredApiKey& key, Timestamp time, std::string_view done,
                                  const std::string& user_id);
  /// Makes a change to a key, which was `done` to it by `key.modified_by`, and writes it in the
  /// ledger and the audit log: all or nothing.
  Result<void> commit(Timestamp now, std::string_view operation, std::string_view done,
                      const StoredApiKey& key, const std::function<Result<void>()>& change);
  Result<std::optional<StoredApiKey>> one_api_key(Statement& select);
  /// Runs `work` as one transaction: all of it or nothing.
  Result<void> transaction(const std::function<Result<void>()>& work);

  struct Close {
    void operator()(sqlite3* database) const;
  };
  DatabaseFile file_{};  ///< Closed after the database.
  std::unique_ptr<sqlite3, Close> database_{};
  Statement begin_{}, commit_{}, rollback_{};
  Statement insert_team_{}, insert_management_key_{};
  Statement insert_api_key_{}, update_api_key_{}, delete_{};
  Statement select_by_id_{}, select_by_secret_{}, select_by_old_secret_{}, select_page_{};
  Statement keep_past_{}, select_past_page_{}, select_versions_{};
  Statement keep_old_secret_{}, end_old_secrets_{}, select_secrets_{}, select_known_secret_{};
  Statement insert_audit_event_{}, select_audit_event_{}, count_audit_events_{};
  Statement select_newest_events_{}, select_oldest_events_{};
  Statement insert_ledger_{}, select_ledger_{}, count_ledger_{};
  std::int64_t commit_count_{};
  std::map<std::string, Team, std::less<>> teams_{};
  std::vector<StoredManagementKey> management_keys_{};
};

}  // namespace xai::emulator
