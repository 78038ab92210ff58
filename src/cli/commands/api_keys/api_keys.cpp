#include "cli/commands/api_keys/api_keys.h"

#include <fnmatch.h>

#include <chrono>

#include "base/try.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"
#include "cli/time_options.h"
#include "workflows/service_time.h"

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

Result<void> check_unprotected(Session& session, const ApiKey& key) {
  for (const std::string& pattern : session.settings().protected_keys)
    if (pattern == key.api_key_id || ::fnmatch(pattern.c_str(), key.name.c_str(), 0) == 0)
      return refusal("the key " + in_quotes(key.name) + " is protected by " + in_quotes(pattern) +
                         " of the profile " + in_quotes(session.settings().profile.value),
                     "use another profile; no option lifts that");
  return {};
}

Result<void> check_unprotected(Session& session, const std::string& api_key_id) {
  if (session.settings().protected_keys.empty()) return {};
  return check_unprotected(session, TRY(find_key(session, api_key_id)).key);
}

void declare_expires(Options& options, const std::string& text) {
  options.add_rule([&text](Session& session) -> Result<void> {
    // Our clock may be wrong, but not by more than that: no certificate would be trusted.
    constexpr std::chrono::days error_max{366};
    if (!text.empty()) (void)TRY(parse_future("--expires", text, session.now() - error_max));
    return {};
  });
}

Result<std::optional<Timestamp>> expiry_of(Session& session, const std::string& text) {
  if (text == "never") return std::nullopt;
  (void)TRY(session.client());
  workflows::learn_service_time(workflows::Call{session.account(), session.call_options()});
  return parse_future("--expires", text, session.their_now());
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
  labels.add("Created", session.shown_past(key.create_time, "unknown"));
  if (key.modify_time && key.modify_time != key.create_time)
    labels.add("Modified", session.shown_past(key.modify_time, "unknown"));
  if (!key.user_id.empty()) labels.add("Creator", key.user_id);
  labels.add("Endpoint", session.endpoint_of(session.region()));
  return labels;
}

void print_key(Session& session, Output& output, const ApiKey& key) {
  labels_of(session, key).print(output);
}

void declare_key_argument(Options& options, std::string& key) {
  options.argument("KEY", key, "Id or exact name of the key");
}

void declare_dry_run(Options& options, bool& dry_run) {
  options.flag("--dry-run", dry_run, "Print the request instead of sending it");
}

void declare_yes(Options& options, bool& yes) { options.flag("--yes", yes, "Do not ask"); }

Status print_dry_run(Session& session, const HttpRequest& request) {
  DryRunResult result{.method = request.method, .url = request.base_url + request.target};
  json::Document body;
  if (!request.body.empty()) {
    body = TRY(json::Document::parse(request.body));
    result.body = body.root();
  }
  print_result(session, result, [&] {
    Output& output = session.output();
    output.write(std::string{name_of(result.method)} + " " + result.url + "\n");
    if (result.body) output.write(escaped(json::to_text(*result.body)) + "\n");
  });
  session.messages().note("dry run: nothing was sent to change anything");
  return ExitCode::done;
}

}  // namespace xai::cli
