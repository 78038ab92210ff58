#include <algorithm>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/grants.h"
#include "cli/commands/api_keys/mint.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "wire/operations.h"
#include "workflows/earlier_create.h"
#include "workflows/grants.h"
#include "workflows/key_lookup.h"

namespace xai::cli {

using namespace management;

namespace {

struct CreateInput {
  // These limits are defaults of this command, not of the library.
  CreateApiKey request{.qps = 5, .qpm = 100};
  GrantsInput grants{};
  std::string expires{};
  DeliveryInput delivery{};
  bool again{};
  bool dry_run{};

  void declare(Options& options) {
    options.option("--name", request.name, "NAME", "Label shown in listings").required();
    declare_grants(options, grants);
    options.option("--qps", request.qps, "N", "Queries per second, or none").with_default("5");
    options.option("--qpm", request.qpm, "N", "Queries per minute, or none").with_default("100");
    options.option("--tpm", request.tpm, "N", "Tokens per minute, or none").with_default("none");
    options.option("--expires", expires, "WHEN", "90d, a date, an RFC 3339 time, or never")
        .with_default("never");
    declare_expires(options, expires);
    declare_delivery(options, delivery);
    options.flag("--again", again, "Create a key although an earlier try may have made one");
    declare_dry_run(options, dry_run);
  }
};

Result<void> read_input(Session& session, CreateInput& input) {
  GrantsInput& grants = input.grants;
  normalize(session, grants);
  if (!grants.has_models() && !grants.has_endpoints())
    return usage_failure("the key would have no model and no endpoint",
                         "add --all-models or --model, and --all-endpoints or --endpoint");
  if (!grants.has_models() || !grants.has_endpoints())
    session.messages().warn(std::string{"without "} +
                            (grants.has_models() ? "an endpoint (--endpoint, --all-endpoints)"
                                                 : "a model (--model, --all-models)") +
                            " the key can call nothing");
  return {};
}

/// Names need not be unique, but a command that is given one wants it to be.
void warn_of_namesakes(Session& session, const std::string& name, std::vector<std::string> ids) {
  constexpr std::size_t shown_max = 3;
  if (ids.empty()) return;
  const std::size_t count = ids.size();
  ids.resize(std::min(count, shown_max));
  for (std::string& id : ids) id = escaped(id);
  session.messages().warn("the team already has " +
                          (count == 1 ? std::string{"a key"} : counted(count, "key")) + " named " +
                          in_quotes(name) + " (" + listed(ids) + (count > shown_max ? ", …" : "") +
                          "); commands will then need the id");
}

Status create_key(Session& session, CreateInput& input) {
  TRY(read_input(session, input));
  CreateApiKey& request = input.request;
  Result<std::vector<std::string>> namesakes{};
  TRY(check_names(session, input.grants, [&](const workflows::Call& call) {
    namesakes = workflows::keys_named(call, request.name);
  }));
  if (!input.expires.empty()) request.expire_time = TRY(expiry_of(session, input.expires));
  if (request.expire_time)
    session.messages().note("the key expires " + base::format_rfc3339(*request.expire_time));
  request.acls = acls_of(input.grants);
  const auto wait = TRY(check_delivery(session, input.delivery, input.dry_run));
  const CallOptions options = session.call_options();
  const workflows::Call call{session.account(), options};
  // The region was not looked at with the names.
  if (input.grants.no_check && wait) (void)TRY(workflows::check_grants(call, {}));
  const auto is_settled =
      input.dry_run ? workflows::Earlier::observed : workflows::Earlier::settled;
  if (const auto earlier = TRY(workflows::earlier_create(call, request, input.again, is_settled)))
    return std::unexpected{unsettled(*earlier, input.delivery.sink)};
  warn_of_namesakes(session, request.name, TRY(std::move(namesakes)));
  if (input.dry_run) return print_dry_run(session, TRY(preview(session, request)));
  return mint(session, input.delivery, wait,
              {.attempt = "create " + in_quotes(request.name), .verb = "created"}, call,
              workflows::Once<CreateApiKey>::begin(call, request, sink_of(input.delivery.sink)));
}

}  // namespace

Command create_key_command() {
  return {.name = "create-key",
          .group = Group::api_keys,
          .summary = "Create an API key and show its secret, once",
          .description =
              "A key needs at least one model and one endpoint to call anything. Models may be "
              "given by alias; the canonical name is sent. Names are checked against what the team "
              "has before anything is sent.",
          .examples = {"create-key --name \"My App\" --all-models --all-endpoints",
                       "create-key --name ci --model grok-4 --endpoint chat --expires 90d"},
          .formats = {"text", "json"},
          .declare = declare_with<CreateInput, create_key>,
          .is_write = true};
}

}  // namespace xai::cli
