#include "base/try.h"
#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/table.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct NamedSetting {
  std::string name;
  Setting setting;
};

std::vector<NamedSetting> named_settings(Session& session, const ManagementKey& key) {
  const Settings& settings = session.settings();
  Setting team = settings.team_id;
  if (team.value.empty()) team = {key.team(), "management key"};
  Setting inference = settings.inference_base_url;
  if (inference.value.empty()) inference.value = session.endpoint_of(session.region());
  return {{"management key", {key.redacted_api_key, settings.management_key_source}},
          {"team id", team},
          {"region", settings.region},
          {"base url", settings.base_url},
          {"inference url", inference},
          {"ca file", settings.ca_file}};
}

void print_identity(Session& session, const ManagementKey& key,
                    const std::vector<NamedSetting>& settings) {
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
  labels.add("Created", session.shown_time(key.create_time, "unknown"));
  labels.print(session.output());
  session.output().write("\n");
  Table table{session.output(), {{"SETTING"}, {"VALUE"}, {"FROM"}}};
  for (const auto& [name, setting] : settings)
    table.add({{name}, {setting.value.empty() ? "-" : setting.value}, {setting.source}});
  table.print();
}

void print_identity_json(Session& session, json::Value key,
                         const std::vector<NamedSetting>& settings) {
  std::string text;
  json::Writer writer{text, 2};
  writer.begin_object();
  writer.key("managementKey");
  writer.value(key);
  writer.key("settings");
  writer.begin_array();
  for (const auto& [name, setting] : settings) {
    writer.begin_object();
    writer.key("name");
    writer.string(name);
    writer.key("value");
    writer.string(setting.value);
    writer.key("source");
    writer.string(setting.source);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  session.output().write(text + "\n");
}

Status who_am_i(Session& session) {
  auto answer = TRY(exchange(session, ValidateManagementKey{}));
  const auto settings = named_settings(session, answer.value);
  if (session.is_json())
    print_identity_json(
        session, wire::canonical<ManagementKey>(answer.document.root(), answer.document.arena()),
        settings);
  else
    print_identity(session, answer.value, settings);
  const std::string& wanted = session.settings().team_id.value;
  if (!wanted.empty() && !answer.value.team().empty() && wanted != answer.value.team())
    session.messages().warn("the team id from " + session.settings().team_id.source +
                            " is not the team of the management key");
  if (wanted.empty() && answer.value.team().empty())
    session.messages().warn(
        "the management key names no team (it is an organization's); set XAI_TEAM_ID");
  return ExitCode::done;
}

Run declare_whoami(Options&) { return who_am_i; }

}  // namespace

std::vector<Command> account_commands() {
  std::vector<Command> list;
  list.push_back({.name = "whoami",
                  .group = Group::access,
                  .summary = "Check the management key; show its rights and settings",
                  .description = "Each setting is shown with what it came from: an option, an "
                                 "environment variable, the management key or the default.",
                  .examples = {"whoami", "whoami --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_whoami});
  return list;
}

}  // namespace xai::cli
