// What a list of keys shows of each.
#include "cli/render/columns.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

/// A long text leaves room on a terminal for what stands behind it.
Cell short_cell(const std::string& text, const Session& session, std::size_t width) {
  return {session.is_terminal() ? cut_to(text, width) : text};
}

Cell name_cell(const ApiKey& key, const Session& session) {
  return short_cell(key.name, session, 40);
}
Cell models_cell(const ApiKey& key, const Session& session) {
  return short_cell(models_of(key), session, 30);
}
Cell endpoints_cell(const ApiKey& key, const Session& session) {
  return short_cell(endpoints_of(key), session, 20);
}
Cell limits_cell(const ApiKey& key, const Session&) { return {limits_of(key)}; }
Cell state_cell(const ApiKey& key, const Session& session) {
  const KeyState state = state_of(key, session.their_now());
  return {std::string{name_of(state)}, style_of(state)};
}
Cell expires_cell(const ApiKey& key, const Session& session) {
  return {session.shown_time(key.expire_time, "never")};
}

CsvCell acls_of(const ApiKey& key) {
  std::string acls;
  for (const Acl& acl : key.acls) acls += (acls.empty() ? "" : " ") + acl.text;
  return {acls};
}

}  // namespace

template <>
const std::vector<ListColumn<ApiKey>>& columns<ApiKey>() {
  static const std::vector<ListColumn<ApiKey>> all{
      {{"apiKeyId", "ID", 7}, csv_member<&ApiKey::api_key_id>},
      {{"name", "NAME", 1}, csv_member<&ApiKey::name>, name_cell},
      {{"disabled", "DISABLED"}, csv_member<&ApiKey::disabled>},
      {{"redactedApiKey", "KEY", 8}, csv_member<&ApiKey::redacted_api_key>},
      {{"aclStrings", "ACLS"}, acls_of},
      {{"qps", "QPS"}, csv_member<&ApiKey::qps>},
      {{"qpm", "QPM"}, csv_member<&ApiKey::qpm>},
      {{"tpm", "TPM"}, csv_member<&ApiKey::tpm>},
      {{"createTime", "CREATED", 9},
       csv_member<&ApiKey::create_time>,
       past_member<&ApiKey::create_time>},
      {{"modifyTime", "MODIFIED"},
       csv_member<&ApiKey::modify_time>,
       past_member<&ApiKey::modify_time>},
      {{"expireTime", "EXPIRES", 3}, csv_member<&ApiKey::expire_time>, expires_cell},
      {{"userId", "USER"}, csv_member<&ApiKey::user_id>},
      {{"teamId", "TEAM"}, csv_member<&ApiKey::team_id>},
      {{"state", "STATE", 2, false}, nullptr, state_cell},
      {{"models", "MODELS", 4, false}, nullptr, models_cell},
      {{"endpoints", "ENDPOINTS", 5, false}, nullptr, endpoints_cell},
      {{"limits", "LIMITS", 6, false}, nullptr, limits_cell}};
  return all;
}

}  // namespace xai::cli
