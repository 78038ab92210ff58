// What a list of keys shows of each.
#include "cli/render/columns.h"
#include "base/time_text.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/render/text.h"
#include "cli/session.h"

namespace xai::cli {

using namespace management;

namespace {

/// A long text leaves room on a terminal for what stands behind it.
Cell short_cell(const std::string& text, const Session& session, std::size_t columns_max) {
  return {session.is_terminal() ? cut_to(text, columns_max) : text};
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
Cell created_cell(const ApiKey& key, const Session& session) {
  return {session.shown_time(key.create_time, "-")};
}
Cell modified_cell(const ApiKey& key, const Session& session) {
  return {session.shown_time(key.modify_time, "-")};
}
Cell expires_cell(const ApiKey& key, const Session& session) {
  return {session.shown_time(key.expire_time, "never")};
}

template <auto member>
CsvCell text_of(const ApiKey& key) {
  return {key.*member};
}
template <auto member>
CsvCell number_of(const ApiKey& key) {
  const auto& number = key.*member;
  return {number ? std::to_string(*number) : "", true};
}
template <auto member>
CsvCell time_of(const ApiKey& key) {
  const std::optional<Timestamp>& time = key.*member;
  return {time ? base::format_rfc3339(*time) : "", true};
}
CsvCell disabled_of(const ApiKey& key) { return {key.disabled ? "true" : "false", true}; }
CsvCell acls_of(const ApiKey& key) {
  std::string acls;
  for (const Acl& acl : key.acls) acls += (acls.empty() ? "" : " ") + acl.text;
  return {acls};
}

}  // namespace

template <>
const std::vector<ListColumn<ApiKey>>& columns<ApiKey>() {
  static const std::vector<ListColumn<ApiKey>> all{
      {{"apiKeyId", "ID", 7}, text_of<&ApiKey::api_key_id>},
      {{"name", "NAME", 1}, text_of<&ApiKey::name>, name_cell},
      {{"disabled", "DISABLED"}, disabled_of},
      {{"redactedApiKey", "KEY", 8}, text_of<&ApiKey::redacted_api_key>},
      {{"aclStrings", "ACLS"}, acls_of},
      {{"qps", "QPS"}, number_of<&ApiKey::qps>},
      {{"qpm", "QPM"}, number_of<&ApiKey::qpm>},
      {{"tpm", "TPM"}, number_of<&ApiKey::tpm>},
      {{"createTime", "CREATED", 9}, time_of<&ApiKey::create_time>, created_cell},
      {{"modifyTime", "MODIFIED"}, time_of<&ApiKey::modify_time>, modified_cell},
      {{"expireTime", "EXPIRES", 3}, time_of<&ApiKey::expire_time>, expires_cell},
      {{"userId", "USER"}, text_of<&ApiKey::user_id>},
      {{"teamId", "TEAM"}, text_of<&ApiKey::team_id>},
      {{"state", "STATE", 2, false}, nullptr, state_cell},
      {{"models", "MODELS", 4, false}, nullptr, models_cell},
      {{"endpoints", "ENDPOINTS", 5, false}, nullptr, endpoints_cell},
      {{"limits", "LIMITS", 6, false}, nullptr, limits_cell}};
  return all;
}

}  // namespace xai::cli
