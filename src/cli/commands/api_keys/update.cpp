#include <algorithm>

#include "base/closest.h"
#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/grants.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct UpdateInput {
  std::string key{};
  std::string name{};
  std::string expires{};
  bool enable{};
  bool disable{};
  Settable<std::int32_t> qps{};
  Settable<std::int32_t> qpm{};
  Settable<std::int64_t> tpm{};
  GrantsInput whole{};
  GrantsInput added{};
  std::vector<std::string> removed_models{};
  std::vector<std::string> removed_endpoints{};
  bool dry_run{};

  void declare(Options& options) {
    declare_key_argument(options, key);
    options.option("--name", name, "NAME", "New label");
    options.flag("--enable", enable, "Let the key be used");
    options.flag("--disable", disable, "Refuse the key until it is enabled again");
    options.option("--expires", expires, "WHEN", "90d, a date, an RFC 3339 time, or never");
    declare_expires(options, expires);
    options.option("--qps", qps, "N", "Queries per second, or none");
    options.option("--qpm", qpm, "N", "Queries per minute, or none");
    options.option("--tpm", tpm, "N", "Tokens per minute, or none");
    options.flag("--all-models", whole.all_models, "Grant every model instead of those it has");
    options.option("--model", whole.models, "MODEL",
                   "Grant these models instead of those it has (repeatable)");
    options.option("--add-model", added.models, "MODEL", "Grant another model (repeatable)");
    options.option("--remove-model", removed_models, "MODEL", "Remove a model (repeatable)");
    options.flag("--all-endpoints", whole.all_endpoints,
                 "Grant every endpoint instead of those it has");
    options.option("--endpoint", whole.endpoints, "NAME",
                   "Grant these endpoints instead of those it has (repeatable)");
    options.option("--add-endpoint", added.endpoints, "NAME",
                   "Grant another endpoint (repeatable)");
    options.option("--remove-endpoint", removed_endpoints, "NAME",
                   "Remove an endpoint (repeatable)");
    options.flag("--no-check", whole.no_check, "Do not check the models and endpoints first");
    declare_dry_run(options, dry_run);
  }
};

/// Names a model or endpoint behind an ACL; empty for another kind of ACL.
using NameOf = std::string_view (Acl::*)() const;

/// Takes named grants away. Errors: refused for one that the key does not have.
Result<void> take_away(std::vector<Acl>& acls, NameOf name_of,
                       const std::vector<std::string>& names, const std::string& kind) {
  for (const std::string& name : names) {
    if (std::erase_if(acls, [&](const Acl& acl) { return (acl.*name_of)() == name; }) > 0) continue;
    std::vector<std::string> known;
    for (const Acl& acl : acls)
      if (const auto other = (acl.*name_of)(); !other.empty()) known.emplace_back(escaped(other));
    const bool has_all = std::ranges::find(known, "*") != known.end();
    return refusal(
        "the key does not grant the " + kind + " " + in_quotes(name) +
            (has_all ? " by name: it grants every one" : ""),
        has_all ? "give those it should have with --" + kind : "it grants " + listed(known));
  }
  return {};
}

/// The grants of the key after the change: whole kinds are replaced, then steps are taken.
Result<std::vector<Acl>> new_acls(const std::vector<Acl>& old, const UpdateInput& input) {
  std::vector<Acl> acls = old;
  if (input.whole.has_models())
    std::erase_if(acls, [](const Acl& acl) { return !acl.model_name().empty(); });
  if (input.whole.has_endpoints())
    std::erase_if(acls, [](const Acl& acl) { return !acl.endpoint_name().empty(); });
  for (const Grants* grants : {&input.whole, &input.added})
    for (Acl& acl : acls_of(*grants))
      if (std::ranges::find(acls, acl) == acls.end()) acls.push_back(std::move(acl));
  TRY(take_away(acls, &Acl::model_name, input.removed_models, "model"));
  TRY(take_away(acls, &Acl::endpoint_name, input.removed_endpoints, "endpoint"));
  return acls;
}

/// What is to be different, and how to say so.
struct Change {
  ApiKeyValues values{};
  std::vector<std::string> cleared{};
  Labels lines{};

  void say(const std::string& field, const std::string& before, const std::string& after) {
    lines.add(field, before + " → " + after);
    is_empty = false;
  }
  bool is_empty{true};
};

template <class Number>
void change_limit(Change& change, const std::string& field, const Settable<Number>& wanted,
                  const std::optional<Number>& old, std::optional<Number>& value) {
  if (!wanted.is_given || wanted.value == old) return;
  const auto shown = [](const std::optional<Number>& number) {
    return number ? std::to_string(*number) : std::string{"none"};
  };
  change.say(field, shown(old), shown(wanted.value));
  value = wanted.value;
  if (!value) change.cleared.push_back(field);
}

/// `expiry` is the one that is asked for, if any is.
Result<Change> change_of(Session& session, const ApiKey& key, const UpdateInput& input,
                         const std::optional<Timestamp>& expiry) {
  Change change;
  if (!input.name.empty() && input.name != key.name) {
    change.say("name", in_quotes(key.name), in_quotes(input.name));
    change.values.name = input.name;
  }
  if ((input.enable && key.disabled) || (input.disable && !key.disabled)) {
    change.say("state", key.disabled ? "disabled" : "enabled",
               input.disable ? "disabled" : "enabled");
    change.values.disabled = input.disable;
  }
  if (!input.expires.empty()) {
    const auto shown = [](const std::optional<Timestamp>& end) {
      return end ? base::format_rfc3339(*end) : std::string{"never"};
    };
    if (expiry != key.expire_time) {
      change.say("expires", shown(key.expire_time), shown(expiry));
      change.values.expire_time = expiry;
      if (!expiry) change.cleared.emplace_back("expireTime");
    }
  }
  change_limit(change, "qps", input.qps, key.qps, change.values.qps);
  change_limit(change, "qpm", input.qpm, key.qpm, change.values.qpm);
  change_limit(change, "tpm", input.tpm, key.tpm, change.values.tpm);
  const auto acls = TRY(new_acls(key.acls, input));
  if (acls != key.acls) {
    const ApiKey after{.acls = acls};
    if (models_of(after) != models_of(key)) change.say("models", models_of(key), models_of(after));
    if (endpoints_of(after) != endpoints_of(key))
      change.say("endpoints", endpoints_of(key), endpoints_of(after));
    change.is_empty = false;
    if (models_of(after) == "none" || endpoints_of(after) == "none")
      session.messages().warn("a key without a model or without an endpoint can call nothing");
    change.values.acls = acls;
  }
  return change;
}

/// An alias among the models to take away stands for the one that the key has.
Result<void> resolve_removed(Session& session, const ApiKey& key, UpdateInput& input) {
  const auto is_granted = [&](const std::string& name) {
    return std::ranges::find(key.acls, Acl::model(name)) != key.acls.end();
  };
  if (input.whole.no_check || std::ranges::all_of(input.removed_models, is_granted)) return {};
  std::vector<std::string> others;
  std::erase_if(input.removed_models, [&](const std::string& name) {
    if (!is_granted(name)) others.push_back(name);
    return !is_granted(name);
  });
  TRY(resolve_models(session, others));
  input.removed_models.insert(input.removed_models.end(), others.begin(), others.end());
  return {};
}

bool names_no_change(const UpdateInput& input) {
  return input.name.empty() && input.expires.empty() && !input.enable && !input.disable &&
         !input.qps.is_given && !input.qpm.is_given && !input.tpm.is_given &&
         !input.whole.has_models() && !input.whole.has_endpoints() && !input.added.has_models() &&
         !input.added.has_endpoints() && input.removed_models.empty() &&
         input.removed_endpoints.empty();
}

Status update_key(Session& session, UpdateInput& input) {
  if (input.enable && input.disable)
    return usage_failure("--enable and --disable contradict each other", "give one of them");
  if (names_no_change(input)) return usage_failure("update-key needs something to change");
  normalize(session, input.whole);
  normalize(session, input.added);
  input.added.no_check = input.whole.no_check;
  const FoundKey found = TRY(find_key(session, input.key));
  TRY(check_unprotected(session, found.key));
  std::optional<Timestamp> expiry;
  if (!input.expires.empty()) expiry = TRY(expiry_of(session, input.expires));
  TRY(check_names(session, input.whole));
  TRY(check_names(session, input.added));
  TRY(resolve_removed(session, found.key, input));
  const Change change = TRY(change_of(session, found.key, input, expiry));
  const std::string shown = in_quotes(found.key.name) + " (" + escaped(found.key.api_key_id) + ")";
  if (change.is_empty) {
    const auto document = TRY(json::Document::parse(found.json));
    print_result(session, document.root(), [] {});
    session.messages().note(shown + " is already like that; nothing was sent");
    return ExitCode::done;
  }
  const auto request = UpdateApiKey::of(found.key.api_key_id, change.values, change.cleared);
  if (input.dry_run) {
    if (!session.is_json()) change.lines.print(session.messages().output());
    return print_dry_run(session, TRY(preview(session, request)));
  }
  auto answer = exchange(session, request);
  if (!answer) {
    answer.error().message = "cannot update " + shown + ": " + answer.error().message;
    if (answer.error().outcome == Outcome::unknown)
      answer.error().next = "see `manage_xai get-key " + escaped(found.key.api_key_id) + "`";
    return std::unexpected{std::move(answer).error()};
  }
  const json::Value document = without_secret(document_of(*answer), answer->document.arena());
  print_result(session, document, [&] {
    session.output().write("Updated " + shown + "\n");
    change.lines.print(session.output());
  });
  return ExitCode::done;
}

}  // namespace

Command update_key_command() {
  return {.name = "update-key",
          .group = Group::api_keys,
          .summary = "Change an API key's name, state, limits, expiry or grants",
          .description =
              "KEY is the key's id, or its exact name. Only what you name is changed, and shown "
              "before and after. --model replaces the models and leaves the endpoints; --endpoint "
              "the reverse.",
          .examples = {"update-key \"My App\" --qpm 500 --add-model grok-4",
                       "update-key \"My App\" --disable"},
          .formats = {"text", "json"},
          .declare = declare_with<UpdateInput, update_key>,
          .is_write = true};
}

}  // namespace xai::cli
