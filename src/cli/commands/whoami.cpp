#include <algorithm>

#include "base/try.h"
#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/profiles.h"
#include "cli/render/result.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "cli/results.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

std::vector<SettingResult> settings_of(Session& session, const ManagementKey& key) {
  const Settings& settings = session.settings();
  client::Setting team = settings.team_id;
  if (team.value.empty()) team = {key.team(), "management key"};
  client::Setting inference = settings.inference_base_url;
  if (inference.value.empty()) inference.value = session.endpoint_of(session.region());
  std::vector<SettingResult> results{
      {"management key", key.redacted_api_key, settings.management_key_source},
      {"team id", team.value, team.source},
      {"region", settings.region.value, settings.region.source},
      {"base url", settings.base_url.value, settings.base_url.source},
      {"inference url", inference.value, inference.source},
      {"ca file", settings.ca_file.value, settings.ca_file.source}};
  if (const auto& [name, source] = settings.profile; !name.empty())
    results.push_back({"profile", name, source});
  return results;
}

void print_identity(Session& session, const ManagementKey& key,
                    const std::vector<SettingResult>& settings) {
  constexpr std::string_view acl_prefix = "team-token:endpoint:";
  std::vector<std::string> rights;
  for (const std::string& acl : key.acls)
    rights.push_back(acl.starts_with(acl_prefix) ? acl.substr(acl_prefix.size()) : acl);
  Labels labels;
  labels.add("Name", key.name);
  labels.add("ID", key.api_key_id);
  labels.add("Scope", key.scope + " " + key.scope_id);
  labels.add("Owner", key.owner_user_id);
  labels.add("Rights", listed(rights));
  labels.add("Created", session.shown_past(key.create_time, "unknown"));
  labels.print(session.output());
  session.output().write("\n");
  Table table{session.output(), {{"SETTING"}, {"VALUE"}, {"FROM"}}};
  for (const auto& [name, value, source] : settings)
    table.add({{name}, {value.empty() ? "-" : value}, {source}});
  table.print();
}

struct WhoamiInput {
  bool all_profiles{};

  void declare(Options& options) {
    options.flag("--all-profiles", all_profiles, "Show whose key each profile of config.toml has");
  }
};

/// What the service says of the profile's key: the management host, else the inference host.
void identify(Session& session, ProfileIdentity& identity) {
  const auto client = session.client();
  if (!client) {
    identity.error = client.error().message;
    return;
  }
  const auto answer = exchange(session, ValidateManagementKey{});
  if (answer) {
    identity.kind = "management";
    identity.redacted_api_key = answer->value.redacted_api_key;
    identity.name = answer->value.name;
    identity.team_id = answer->value.team();
    return;
  }
  identity.error = answer.error().message;
  const bool is_refused = answer.error().kind == ErrorKind::unauthenticated ||
                          answer.error().kind == ErrorKind::permission_denied;
  if (!is_refused) return;
  const auto info =
      exchange(session, GetInferenceApiKeyInfo{.api_key = session.settings().management_key});
  identity.kind = "other";
  if (!info) return;
  identity.kind = "inference";
  identity.redacted_api_key = info->value.redacted_api_key;
  identity.name = info->value.name;
  identity.team_id = info->value.team_id;
}

Status who_are_all(Session& session) {
  const auto configuration = TRY(read_configuration(session.environment()));
  std::vector<ProfileIdentity> identities;
  for (const Profile& profile : configuration.profiles) {
    ProfileIdentity& identity = identities.emplace_back(ProfileIdentity{.profile = profile.name});
    identity.kind = profile.has_key() ? "unknown" : "none";
    if (!profile.has_key()) continue;
    GlobalOptions given{.profile = profile.name};
    auto settings = resolve_settings(given, profile, session.environment(), session.read_line(),
                                     session.messages());
    if (!settings) {
      identity.error = settings.error().message;
      continue;
    }
    Session other = session.with(*std::move(settings));
    identify(other, identity);
  }
  print_result(session, identities, [&] {
    Table table{session.output(), {{"PROFILE"}, {"KEY OF"}, {"KEY"}, {"NAME"}, {"TEAM"}}};
    for (const auto& [profile, kind, key, name, team, error] : identities)
      table.add({{profile}, {kind}, {key}, {error ? *error : name}, {team}});
    if (!identities.empty()) table.print();
  });
  if (identities.empty()) session.messages().note("there are no profiles");
  const bool is_good = std::ranges::none_of(
      identities, [](const ProfileIdentity& identity) { return identity.error.has_value(); });
  return is_good ? ExitCode::done : ExitCode::partly;
}

Status who_am_i(Session& session, const WhoamiInput& input) {
  if (input.all_profiles) return who_are_all(session);
  auto answer = TRY(exchange(session, ValidateManagementKey{}));
  const IdentityResult identity{document_of(answer), settings_of(session, answer.value)};
  print_result(session, identity,
               [&] { print_identity(session, answer.value, identity.settings); });
  const std::string& wanted = session.settings().team_id.value;
  if (!wanted.empty() && !answer.value.team().empty() && wanted != answer.value.team())
    session.messages().warn("the team id from " + session.settings().team_id.source +
                            " is not the team of the management key");
  if (wanted.empty() && answer.value.team().empty())
    session.messages().warn(
        "the management key names no team (it is an organization's); set XAI_TEAM_ID");
  return ExitCode::done;
}

}  // namespace

Command whoami_command() {
  return {
      .name = "whoami",
      .group = Group::access,
      .summary = "Check the management key; show its rights and settings",
      .description =
          "Each setting is shown with where it came from: an option, an environment variable, "
          "the management key or the default. The management key is read from XAI_MANAGEMENT_KEY, "
          "else from XAI_MANAGEMENT_API_KEY; GROK_DEPLOYMENT_KEY, Grok Build's variable for one, "
          "is never used.",
      .examples = {"whoami", "whoami --all-profiles"},
      .formats = {"text", "json"},
      .declare = declare_with<WhoamiInput, who_am_i>};
}

}  // namespace xai::cli
