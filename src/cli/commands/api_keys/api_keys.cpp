#include "cli/commands/api_keys/api_keys.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"

namespace xai::cli {

using namespace management;

namespace {

std::string names_of(const ApiKey& key, std::string_view (Acl::*name)() const) {
  std::vector<std::string> names;
  for (const Acl& acl : key.acls) {
    const std::string_view text = (acl.*name)();
    if (text == "*") return "all";
    if (!text.empty()) names.emplace_back(text);
  }
  return listed(names);
}

}  // namespace

Result<FoundKey> find_key(Session& session, const std::string& key_text) {
  return run(session,
             [&](const workflows::Call& call) { return workflows::find_key(call, key_text); });
}

Style style_of(KeyState state) {
  switch (state) {
    case KeyState::active:
      return Style::good;
    case KeyState::expiring:
      return Style::warning;
    case KeyState::expired:
      return Style::bad;
    case KeyState::disabled:
      break;
  }
  return Style::faint;
}

std::string models_of(const ApiKey& key) { return names_of(key, &Acl::model_name); }
std::string endpoints_of(const ApiKey& key) { return names_of(key, &Acl::endpoint_name); }

std::string limits_of(const ApiKey& key) {
  std::vector<std::string> limits;
  if (key.qps) limits.push_back("qps " + std::to_string(*key.qps));
  if (key.qpm) limits.push_back("qpm " + std::to_string(*key.qpm));
  if (key.tpm) limits.push_back("tpm " + std::to_string(*key.tpm));
  return listed(limits);
}

Labels labels_of(Session& session, const ApiKey& key) {
  Labels labels;
  const KeyState state = state_of(key, session.their_now());
  labels.add("Name", key.name);
  labels.add("ID", key.api_key_id);
  if (key.api_key)
    labels.add("Secret", key.api_key->reveal(), Style::strong);
  else
    labels.add("Key", key.redacted_api_key);
  labels.add("State", std::string{name_of(state)}, style_of(state));
  labels.add("Models", models_of(key));
  labels.add("Endpoints", endpoints_of(key));
  for (const Acl& acl : key.acls)
    if (acl.model_name().empty() && acl.endpoint_name().empty()) labels.add("Grant", acl.text);
  labels.add("Limits", limits_of(key));
  labels.add("Expires", session.shown_time(key.expire_time, "never"));
  labels.add("Created", session.shown_time(key.create_time, "unknown"));
  if (key.modify_time && key.modify_time != key.create_time)
    labels.add("Modified", session.shown_time(key.modify_time, "unknown"));
  if (!key.user_id.empty()) labels.add("Creator", key.user_id);
  labels.add("Endpoint", session.endpoint_of(session.region()));
  return labels;
}

void print_key(Session& session, Output& output, const ApiKey& key) {
  labels_of(session, key).print(output);
}

Status print_dry_run(Session& session, const HttpRequest& request) {
  if (session.is_json()) {
    std::string text;
    json::Writer writer{text, 2};
    writer.begin_object();
    writer.key("method");
    writer.string(name_of(request.method));
    writer.key("url");
    writer.string(request.base_url + request.target);
    if (!request.body.empty()) {
      writer.key("body");
      writer.value(TRY(json::Document::parse(request.body)).root());
    }
    writer.end_object();
    session.output().write(text + "\n");
  } else {
    session.output().write(std::string{name_of(request.method)} + " " + request.base_url +
                           request.target + "\n");
    if (!request.body.empty()) {
      auto body = TRY(json::Document::parse(request.body));
      session.output().write(escaped(json::to_text(body.root())) + "\n");
    }
  }
  session.messages().note("dry run: nothing was sent to change anything");
  return ExitCode::done;
}

std::vector<Command> api_key_commands() {
  std::vector<Command> list;
  list.push_back({.name = "create-key",
                  .group = Group::api_keys,
                  .summary = "Create an API key and show its secret, once",
                  .description =
                      "A key needs at least one model and one endpoint to call anything. Models "
                      "may be given by alias; the canonical name is sent. Names are checked "
                      "against what the team has before anything is sent.",
                  .examples = {"create-key --name \"My App\" --all-models --all-endpoints",
                               "create-key --name ci --model grok-4 --endpoint chat --expires 90d"},
                  .formats = {"text", "json"},
                  .declare = declare_create_key,
                  .is_write = true});
  list.push_back({.name = "list-keys",
                  .group = Group::api_keys,
                  .summary = "List the team's API keys",
                  .description =
                      "Every page is fetched unless --limit cuts the list. A key is expiring when "
                      "it has 30 days or less to live.",
                  .examples = {"list-keys --active-only --sort expires",
                               "list-keys --name 'prod-*' --output json"},
                  .formats = {"text", "json", "jsonl", "csv"},
                  .declare = declare_list_keys});
  list.push_back({.name = "get-key",
                  .group = Group::api_keys,
                  .summary = "Show one API key",
                  .description = "KEY is the key's id, or its exact name.",
                  .examples = {"get-key \"My App\"",
                               "get-key fe15b799-32e1-4d02-9e65-80236f9995f7 --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_get_key});
  list.push_back({.name = "update-key",
                  .group = Group::api_keys,
                  .summary = "Change an API key's name, state, limits, expiry or grants",
                  .description =
                      "KEY is the key's id, or its exact name. Only what you name is changed, and "
                      "shown before and after. --model replaces the models and leaves the "
                      "endpoints; --endpoint the reverse.",
                  .examples = {"update-key \"My App\" --qpm 500 --add-model grok-4",
                               "update-key \"My App\" --disable"},
                  .formats = {"text", "json"},
                  .declare = declare_update_key,
                  .is_write = true});
  list.push_back({.name = "rotate-key",
                  .group = Group::api_keys,
                  .summary = "Give an API key a new secret, shown once",
                  .description =
                      "KEY is the key's id, or its exact name. The id stays. The old secret works "
                      "on for the overlap, so that nothing that uses it fails; after a leak use "
                      "--overlap 0.",
                  .examples = {"rotate-key \"My App\" --overlap 2h --wait --secret-file app.key",
                               "rotate-key \"My App\" --overlap 0"},
                  .formats = {"text", "json"},
                  .declare = declare_rotate_key,
                  .is_write = true});
  list.push_back({.name = "delete-key",
                  .group = Group::api_keys,
                  .summary = "Delete API keys for good",
                  .description =
                      "KEY is a key's id, or its exact name. On a terminal the keys are shown and "
                      "you are asked; elsewhere an id is deleted at once and a name wants --yes.",
                  .examples = {"delete-key fe15b799-32e1-4d02-9e65-80236f9995f7",
                               "delete-key \"My App\" --yes"},
                  .formats = {"text", "json"},
                  .declare = declare_delete_key,
                  .is_write = true});
  list.push_back({.name = "check-key",
                  .group = Group::api_keys,
                  .summary = "Check whether an API key can be used, and where",
                  .description =
                      "Shows the key's state, limits and expiry, and which clusters know it by "
                      "now. Exit code 7: the key cannot be used; 11: still not known everywhere "
                      "when --wait ended.",
                  .examples = {"check-key \"My App\" --wait",
                               "check-key \"My App\" --secret-from app.key --region us-east-1"},
                  .formats = {"text", "json"},
                  .declare = declare_check_key});
  list.push_back({.name = "recover",
                  .group = Group::api_keys,
                  .summary = "Finish what create-key or rotate-key could not",
                  .description =
                      "Alone it lists what is unfinished, in plain words, and changes nothing. "
                      "RECORD may be left out when there is only one.",
                  .examples = {"recover", "recover --deliver --secret-file app.key"},
                  .formats = {"text", "json"},
                  .declare = declare_recover,
                  .is_write = true});
  return list;
}

}  // namespace xai::cli
