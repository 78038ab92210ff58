#include <algorithm>
#include <memory>

#include "base/closest.h"
#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/models/models.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct CreateInput {
  // These limits are defaults of this command, not of the library.
  CreateApiKey request{.qps = 5, .qpm = 100};
  std::vector<std::string> models{};
  std::vector<std::string> endpoints{};
  std::string expires{};
  bool all_models{};
  bool all_endpoints{};
  bool no_check{};
  bool dry_run{};
};

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

class Creation {
 public:
  Creation(Session& session, CreateInput& input) : session_{&session}, input_{&input} {}

  Status run() {
    TRY(read_input());
    if (!input_->no_check) {
      TRY(check_models());
      TRY(check_endpoints());
    }
    fill_grants();
    if (input_->dry_run) return print_dry_run(*session_, TRY(preview(*session_, input_->request)));
    return create();
  }

 private:
  std::expected<void, Failure> read_input() {
    CreateApiKey& request = input_->request;
    if (request.name.find_first_not_of(" \t\r\n") == std::string::npos)
      return usage_failure("--name must not be empty");
    for (std::string& model : input_->models) model = name_behind("api-key:model:", model);
    for (std::string& endpoint : input_->endpoints)
      endpoint = name_behind("api-key:endpoint:", endpoint);
    take_wildcard(input_->models, input_->all_models);
    take_wildcard(input_->endpoints, input_->all_endpoints);
    const bool has_models = input_->all_models || !input_->models.empty();
    const bool has_endpoints = input_->all_endpoints || !input_->endpoints.empty();
    if (!has_models && !has_endpoints)
      return usage_failure("the key would have no model and no endpoint",
                           "add --all-models or --model, and --all-endpoints or --endpoint");
    if (!has_models || !has_endpoints)
      session_->messages().warn(std::string{"without "} +
                                (has_models ? "an endpoint (--endpoint, --all-endpoints)"
                                            : "a model (--model, --all-models)") +
                                " the key can call nothing");
    if (!input_->expires.empty()) {
      request.expire_time = TRY(parse_future("--expires", input_->expires, session_->now()));
      if (request.expire_time)
        session_->messages().note("the key expires " + base::format_rfc3339(*request.expire_time));
    }
    return {};
  }

  void take_wildcard(std::vector<std::string>& names, bool& all) {
    for (const std::string& name : names)
      if (name.empty() || name == "*") all = all || name == "*";
    if (!all) return;
    std::erase(names, "*");
    if (!names.empty())
      session_->messages().warn("every one is granted, so naming " + listed(names) +
                                " adds nothing");
    names.clear();
  }

  std::expected<void, Failure> check_models() {
    const std::string region = session_->region();
    if (input_->models.empty() && region.empty()) return {};
    auto answer = exchange(*session_, ListTeamModels{});
    if (!answer) {
      if (!is_refused(answer.error().error)) return std::unexpected{answer.error()};
      session_->messages().warn("the models could not be checked (" + answer.error().error.message +
                                ")");
      return {};
    }
    const auto everywhere = TRY(clusters_of(answer->value, ""));
    const auto here = TRY(clusters_of(answer->value, region));
    for (std::string& name : input_->models) {
      const ModelBase* model = find_model(everywhere, name);
      if (model == nullptr)
        return refusal("the team has no model " + in_quotes(name),
                       did_you_mean(name, model_names(everywhere), "see `manage_xai list-models`"));
      if (model->name != name)
        session_->messages().note(in_quotes(name) + " is an alias; " + escaped(model->name) +
                                  " is granted");
      if (find_model(here, name) == nullptr)
        session_->messages().warn("the cluster " + escaped(region) + " does not have " +
                                  escaped(model->name));
      name = model->name;
    }
    return {};
  }

  std::expected<void, Failure> check_endpoints() {
    if (input_->endpoints.empty()) return {};
    auto answer = exchange(*session_, ListPossibleEndpointAcls{});
    if (!answer) {
      if (!is_refused(answer.error().error)) return std::unexpected{answer.error()};
      session_->messages().warn("the endpoints could not be checked (" +
                                answer.error().error.message + ")");
      return {};
    }
    std::vector<std::string> known;
    for (const EndpointAcl& acl : answer->value.acls)
      known.emplace_back(Acl{acl.acl}.endpoint_name());
    for (const std::string& name : input_->endpoints)
      if (std::ranges::find(known, name) == known.end())
        return refusal("the team has no endpoint " + in_quotes(name),
                       did_you_mean(name, known, "see `manage_xai list-endpoints`"));
    return {};
  }

  void fill_grants() {
    std::vector<Acl>& acls = input_->request.acls;
    const auto add = [&](Acl acl) {
      if (std::ranges::find(acls, acl) == acls.end()) acls.push_back(std::move(acl));
    };
    if (input_->all_models) add(Acl::every_model());
    for (const std::string& name : input_->models) add(Acl::model(name));
    if (input_->all_endpoints) add(Acl::every_endpoint());
    for (const std::string& name : input_->endpoints) add(Acl::endpoint(name));
  }

  Status create() {
    if (!session_->output().is_open())
      return local_failure("standard output is closed, so the secret would be lost",
                           "run the command with standard output open");
    const Timestamp start = session_->now();
    auto answer = exchange(*session_, input_->request);
    if (!answer) return std::unexpected{explained(answer.error(), start)};
    if (answer->value.api_key.value_or(Secret{}).empty())
      return std::unexpected{explained(Failure{{.kind = ErrorKind::malformed_response,
                                                .outcome = Outcome::unknown,
                                                .message = "the answer holds no secret"}},
                                       start)};
    if (session_->is_json())
      print_json(session_->output(),
                 wire::canonical<ApiKey>(answer->document.root(), answer->document.arena()));
    else
      print_key(*session_, session_->output(), answer->value);
    if (!session_->output().flush())
      return std::unexpected{undelivered(answer->value, "its secret could not be written")};
    if (!session_->is_json())
      session_->messages().note("the secret is shown this once and cannot be asked for again");
    return ExitCode::done;
  }

  Failure explained(Failure failure, Timestamp start) {
    failure.error.message =
        "cannot create " + in_quotes(input_->request.name) + ": " + failure.error.message;
    if (failure.code == ExitCode::outcome_unknown) look_for_lost_key(failure, start);
    return failure;
  }

  /// The answer was lost, and with it the secret. Names the key if there is one.
  void look_for_lost_key(Failure& failure, Timestamp start) {
    const auto found = find_lost_keys(*session_, input_->request.name, start);
    if (!found) {
      failure.error.next = "see `manage_xai list-keys --name " + in_quotes(input_->request.name) +
                           "` before you try again";
      return;
    }
    if (found->empty()) {
      failure.error.next =
          "no such key is in the list now; look again with `manage_xai list-keys` before you try "
          "again";
      return;
    }
    std::vector<std::string> ids;
    for (const ApiKey& key : *found) ids.push_back(escaped(key.api_key_id));
    failure.error.next = found->size() == 1 ? "the key was made as " + ids.front() +
                                                  " but its secret is lost; run `manage_xai "
                                                  "delete-key " +
                                                  ids.front() + "` and create it again"
                                            : "keys of that name and time: " + listed(ids) +
                                                  "; delete those that are yours";
  }

  static Failure undelivered(const ApiKey& key, const std::string& why) {
    return {ExitCode::failed,
            {.kind = ErrorKind::data_loss,
             .outcome = Outcome::done,
             .message = "the key " + escaped(key.api_key_id) + " was created, but " + why,
             .next = "delete it with `manage_xai delete-key " + escaped(key.api_key_id) +
                     "` and create it again"}};
  }

  Session* session_;
  CreateInput* input_;
};

}  // namespace

Run declare_create_key(Options& options) {
  auto input = std::make_shared<CreateInput>();
  options.option("--name", input->request.name, "NAME", "Label shown in listings").required();
  options.flag("--all-models", input->all_models, "Grant every model, later ones too");
  options.option("--model", input->models, "MODEL", "Grant a model, by name or alias (repeatable)");
  options.flag("--all-endpoints", input->all_endpoints, "Grant every endpoint, later ones too");
  options.option("--endpoint", input->endpoints, "NAME",
                 "Grant an endpoint, such as chat (repeatable)");
  options.option("--qps", input->request.qps, "N", "Queries per second, or none").with_default("5");
  options.option("--qpm", input->request.qpm, "N", "Queries per minute, or none")
      .with_default("100");
  options.option("--tpm", input->request.tpm, "N", "Tokens per minute, or none")
      .with_default("none");
  options.option("--expires", input->expires, "WHEN", "90d, a date, an RFC 3339 time, or never")
      .with_default("never");
  options.flag("--no-check", input->no_check, "Do not look the models and endpoints up first");
  options.flag("--dry-run", input->dry_run, "Print the request instead of sending it");
  return [input](Session& session) { return Creation{session, *input}.run(); };
}

}  // namespace xai::cli
