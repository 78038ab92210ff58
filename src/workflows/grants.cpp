#include "workflows/grants.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/closest.h"
#include "base/printable.h"
#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/clusters.h"
#include "workflows/side_by_side.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/models.h"

namespace xai::workflows {

using management::Acl;
using management::Error;
using management::ErrorKind;
using management::Grants;
using management::ListPossibleEndpointAcls;
using management::ListTeamModels;
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

/// The answer; none where the look-up was left out or is not allowed, which is reported.
template <class Response>
Result<const Response*> answer_of(const Call& call,
                                  const std::optional<Result<client::Answer<Response>>>& answer,
                                  WarningKind when_refused) {
  if (!answer) return nullptr;
  if (*answer) return &(*answer)->value;
  const Error& error = answer->error();
  if (!is_refused(error)) return std::unexpected(error);
  call.tell(management::Warning{.kind = when_refused, .detail = error.message});
  return nullptr;
}

Result<void> check_models(const Call& call, const management::ListTeamModelsResponse& team,
                          Grants& grants) {
  const std::string region = call.region();
  const auto everywhere = TRY(clusters_of(team, ""));
  const auto here = TRY(clusters_of(team, region));
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

Result<void> check_endpoints(const management::ListPossibleEndpointAclsResponse& team,
                             const Grants& grants) {
  std::vector<std::string> known;
  for (const management::EndpointAcl& acl : team.acls)
    known.emplace_back(Acl{acl.acl}.endpoint_name());
  for (const std::string& name : grants.endpoints)
    if (std::ranges::find(known, name) == known.end())
      return unknown(Reason::unknown_endpoint, "endpoint", name, known);
  return {};
}

}  // namespace

Result<Grants> check_grants(const Call& call, Grants grants, const std::function<void()>& beside) {
  std::optional<AnswerTo<ListTeamModels>> models_answer;
  std::optional<AnswerTo<ListPossibleEndpointAcls>> endpoints_answer;
  std::vector<std::function<void()>> reads;
  if (!grants.models.empty() || !call.region().empty())
    reads.emplace_back([&] { models_answer.emplace(ask(call, ListTeamModels{})); });
  if (!grants.endpoints.empty())
    reads.emplace_back([&] { endpoints_answer.emplace(ask(call, ListPossibleEndpointAcls{})); });
  if (beside) reads.push_back(beside);
  if (reads.empty()) return grants;
  TRY(side_by_side(call, reads));
  if (const auto* team = TRY(answer_of(call, models_answer, WarningKind::models_unchecked)))
    TRY(check_models(call, *team, grants));
  if (const auto* team = TRY(answer_of(call, endpoints_answer, WarningKind::endpoints_unchecked)))
    TRY(check_endpoints(*team, grants));
  return grants;
}

Result<std::vector<NamedModel>> name_models(const Call& call,
                                            const std::vector<std::string>& names) {
  const std::optional answer{ask(call, ListTeamModels{})};
  const auto* const team = TRY(answer_of(call, answer, WarningKind::models_unchecked));
  std::vector<NamedModel> models;
  for (const std::string& name : names) {
    const management::ModelBase* model =
        team == nullptr ? nullptr : find_model(TRY(clusters_of(*team, "")), name);
    models.push_back({model == nullptr ? name : model->name, model != nullptr || team == nullptr});
    if (models.back().name != name)
      call.tell(management::AliasResolved{.alias = name, .name = models.back().name});
  }
  return models;
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
