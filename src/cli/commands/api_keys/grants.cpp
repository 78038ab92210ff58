#include "cli/commands/api_keys/grants.h"

#include <algorithm>

#include "base/try.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "workflows/grants.h"

namespace xai::cli {

using namespace management;

namespace {

/// The part of `text` behind `prefix` if it has it: the long form of a grant is welcome too.
std::string name_behind(std::string_view prefix, const std::string& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

void take_wildcard(Session& session, std::vector<std::string>& names, bool& all) {
  all = all || std::ranges::find(names, "*") != names.end();
  if (!all) return;
  std::erase(names, "*");
  if (!names.empty())
    session.messages().warn("all of them are granted, so naming " + listed(names) +
                            " adds nothing");
  names.clear();
}

}  // namespace

void declare_grants(Options& options, GrantsInput& grants) {
  options.flag("--all-models", grants.all_models, "Grant every model, later ones too");
  options.option("--model", grants.models, "MODEL", "Grant a model, by name or alias (repeatable)");
  options.flag("--all-endpoints", grants.all_endpoints, "Grant every endpoint, later ones too");
  options.option("--endpoint", grants.endpoints, "NAME",
                 "Grant an endpoint, such as chat (repeatable)");
  options.flag("--no-check", grants.no_check, "Do not check the models and endpoints first");
}

void normalize(Session& session, Grants& grants) {
  for (std::string& model : grants.models) model = name_behind("api-key:model:", model);
  for (std::string& endpoint : grants.endpoints)
    endpoint = name_behind("api-key:endpoint:", endpoint);
  take_wildcard(session, grants.models, grants.all_models);
  take_wildcard(session, grants.endpoints, grants.all_endpoints);
}

Result<void> check_names(Session& session, GrantsInput& grants,
                         const std::function<void(const workflows::Call&)>& beside) {
  if (grants.no_check) return {};
  Grants checked = TRY(run(session, [&](const workflows::Call& call) {
    const auto read = [&] { beside(call); };
    return beside ? workflows::check_grants(call, grants, read)
                  : workflows::check_grants(call, grants);
  }));
  static_cast<Grants&>(grants) = std::move(checked);
  return {};
}

Result<void> resolve_models(Session& session, std::vector<std::string>& models) {
  if (models.empty()) return {};
  const auto named = TRY(run(
      session, [&](const workflows::Call& call) { return workflows::name_models(call, models); }));
  models.clear();
  for (const workflows::NamedModel& model : named) {
    if (!model.is_known) session.messages().warn("the team has no model " + in_quotes(model.name));
    models.push_back(model.name);
  }
  return {};
}

}  // namespace xai::cli
