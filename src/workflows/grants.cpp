#include "workflows/grants.h"

#include <algorithm>
#include <utility>

#include "base/closest.h"
#include "base/printable.h"
#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/clusters.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/models.h"

namespace xai::workflows {

using management::Acl;
using management::Error;
using management::ErrorKind;
using management::Grants;
using management::Outcome;
using management::Reason;
using management::Result;
using management::WarningKind;

namespace {

/// Errors of a look-up that speak of a missing right, not of a broken key or network: the key can
/// still be made.
bool is_refused(const Error& error) {
  return error.outcome == Outcome::refused && error.kind != ErrorKind::unauthenticated;
}

std::unexpected<Error> unknown(Reason reason, const std::string& noun, const std::string& name,
                               const std::vector<std::string>& candidates) {
  return std::unexpected(Error{.kind = ErrorKind::failed_precondition,
                               .outcome = Outcome::refused,
                               .reason = reason,
                               .message = "the team has no " + noun + " " + base::in_quotes(name),
                               .next = base::did_you_mean(name, candidates)});
}

Result<void> check_models(const Call& call, Grants& grants) {
  const std::string region = call.region();
  if (grants.models.empty() && region.empty()) return {};
  const auto answer = ask(call, management::ListTeamModels{});
  if (!answer) {
    if (!is_refused(answer.error())) return std::unexpected(answer.error());
    call.tell(management::Warning{.kind = WarningKind::models_unchecked,
                                  .detail = answer.error().message});
    return {};
  }
  const auto everywhere = TRY(clusters_of(answer->value, ""));
  const auto here = TRY(clusters_of(answer->value, region));
  for (std::string& name : grants.models) {
    const management::ModelBase* model = find_model(everywhere, name);
    if (model == nullptr)
      return unknown(Reason::unknown_model, "model", name, model_names(everywhere));
    if (model->name != name)
      call.tell(management::AliasResolved{.alias = name, .name = model->name});
    if (find_model(here, name) == nullptr)
      call.tell(management::Warning{
          .kind = WarningKind::model_not_in_cluster, .subject = model->name, .detail = region});
    name = model->name;
  }
  return {};
}

Result<void> check_endpoints(const Call& call, const Grants& grants) {
  if (grants.endpoints.empty()) return {};
  const auto answer = ask(call, management::ListPossibleEndpointAcls{});
  if (!answer) {
    if (!is_refused(answer.error())) return std::unexpected(answer.error());
    call.tell(management::Warning{.kind = WarningKind::endpoints_unchecked,
                                  .detail = answer.error().message});
    return {};
  }
  std::vector<std::string> known;
  for (const management::EndpointAcl& acl : answer->value.acls)
    known.emplace_back(Acl{acl.acl}.endpoint_name());
  for (const std::string& name : grants.endpoints)
    if (std::ranges::find(known, name) == known.end())
      return unknown(Reason::unknown_endpoint, "endpoint", name, known);
  return {};
}

}  // namespace

Result<Grants> check_grants(const Call& call, Grants grants) {
  TRY(check_models(call, grants));
  TRY(check_endpoints(call, grants));
  return grants;
}

}  // namespace xai::workflows

namespace xai::management {

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

Result<Grants> check_grants(const Account& account, Grants grants, const CallOptions& options) {
  return workflows::check_grants(workflows::Call{account, options}, std::move(grants));
}

}  // namespace xai::management
