#include "cli/commands/api_keys/grants.h"

#include <algorithm>

#include "base/closest.h"
#include "base/try.h"
#include "cli/commands/models/models.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

/// Errors of a look-up that speak of a missing right, not of a broken key or network: the key can
/// still be made.
bool is_refused(const Error& error) {
  return error.outcome == Outcome::refused && error.kind != ErrorKind::unauthenticated;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  const auto close = base::closest(word, candidates);
  if (close.empty()) return otherwise;
  std::vector<std::string> shown;
  for (const std::string& name : close) shown.push_back(escaped(name));
  return "did you mean " + listed(shown) + "?";
}

/// The part of `text` behind `prefix` if it has it: the long form of a grant is welcome too.
std::string name_behind(std::string_view prefix, const std::string& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

void take_wildcard(Session& session, std::vector<std::string>& names, bool& all) {
  all = all || std::ranges::find(names, "*") != names.end();
  if (!all) return;
  std::erase(names, "*");
  if (!names.empty())
    session.messages().warn("every one is granted, so naming " + listed(names) + " adds nothing");
  names.clear();
}

Result<void> check_models(Session& session, Grants& grants) {
  const std::string region = session.region();
  if (grants.models.empty() && region.empty()) return {};
  auto answer = exchange(session, ListTeamModels{});
  if (!answer) {
    if (!is_refused(answer.error())) return std::unexpected{answer.error()};
    session.messages().warn("the models could not be checked (" + answer.error().message + ")");
    return {};
  }
  const auto everywhere = TRY(clusters_of(answer->value, ""));
  const auto here = TRY(clusters_of(answer->value, region));
  for (std::string& name : grants.models) {
    const ModelBase* model = find_model(everywhere, name);
    if (model == nullptr)
      return refusal("the team has no model " + in_quotes(name),
                     did_you_mean(name, model_names(everywhere), "see `manage_xai list-models`"));
    if (model->name != name)
      session.messages().note(in_quotes(name) + " is an alias; " + escaped(model->name) +
                              " is granted");
    if (find_model(here, name) == nullptr)
      session.messages().warn("the cluster " + escaped(region) + " does not have " +
                              escaped(model->name));
    name = model->name;
  }
  return {};
}

Result<void> check_endpoints(Session& session, const Grants& grants) {
  if (grants.endpoints.empty()) return {};
  auto answer = exchange(session, ListPossibleEndpointAcls{});
  if (!answer) {
    if (!is_refused(answer.error())) return std::unexpected{answer.error()};
    session.messages().warn("the endpoints could not be checked (" + answer.error().message + ")");
    return {};
  }
  std::vector<std::string> known;
  for (const EndpointAcl& acl : answer->value.acls)
    known.emplace_back(Acl{acl.acl}.endpoint_name());
  for (const std::string& name : grants.endpoints)
    if (std::ranges::find(known, name) == known.end())
      return refusal("the team has no endpoint " + in_quotes(name),
                     did_you_mean(name, known, "see `manage_xai list-endpoints`"));
  return {};
}

}  // namespace

void declare_grants(Options& options, Grants& grants) {
  options.flag("--all-models", grants.all_models, "Grant every model, later ones too");
  options.option("--model", grants.models, "MODEL", "Grant a model, by name or alias (repeatable)");
  options.flag("--all-endpoints", grants.all_endpoints, "Grant every endpoint, later ones too");
  options.option("--endpoint", grants.endpoints, "NAME",
                 "Grant an endpoint, such as chat (repeatable)");
  options.flag("--no-check", grants.no_check, "Do not look the models and endpoints up first");
}

void normalize(Session& session, Grants& grants) {
  for (std::string& model : grants.models) model = name_behind("api-key:model:", model);
  for (std::string& endpoint : grants.endpoints)
    endpoint = name_behind("api-key:endpoint:", endpoint);
  take_wildcard(session, grants.models, grants.all_models);
  take_wildcard(session, grants.endpoints, grants.all_endpoints);
}

Result<void> check_names(Session& session, Grants& grants) {
  if (grants.no_check) return {};
  TRY(check_models(session, grants));
  return check_endpoints(session, grants);
}

std::vector<Acl> acls_of(const Grants& grants) {
  std::vector<Acl> acls;
  const auto add = [&](Acl acl) {
    if (std::ranges::find(acls, acl) == acls.end()) acls.push_back(std::move(acl));
  };
  if (grants.all_models) add(Acl::every_model());
  for (const std::string& name : grants.models) add(Acl::model(name));
  if (grants.all_endpoints) add(Acl::every_endpoint());
  for (const std::string& name : grants.endpoints) add(Acl::endpoint(name));
  return acls;
}

}  // namespace xai::cli
