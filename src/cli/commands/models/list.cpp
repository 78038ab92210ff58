#include <algorithm>

#include "base/try.h"
#include "cli/command.h"
#include "cli/commands/models/model_line.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "wire/operations.h"
#include "workflows/clusters.h"

namespace xai::cli {

using namespace management;

namespace {

/// A model at its place, as a row of text or a record of CSV.
struct ModelRow {
  const ClusterConfig* cluster;
  ModelLine line;
};

template <class Visit>
void for_each_row(const ClusterConfig& cluster, Visit visit) {
  workflows::for_each_kind(cluster, [&](std::string_view, const auto& models) {
    for (const auto& model : models) visit(ModelRow{&cluster, line_of(model)});
  });
}

Status print_text(Session& session, const std::vector<const ClusterConfig*>& clusters,
                  const std::string& typed_columns) {
  for (const ClusterConfig* cluster : clusters) {
    Output& output = session.output();
    if (cluster != clusters.front()) output.write("\n");
    output.write(output.painted(Style::strong, escaped(cluster->cluster_name)) +
                 "  prices in USD, of tokens per million\n");
    auto list = TRY(List<ModelRow>::open(session, typed_columns));
    bool is_empty = true;
    for_each_row(*cluster, [&](const ModelRow& row) {
      list.add(row);
      is_empty = false;
    });
    list.end();
    if (is_empty) output.write("no models\n");
  }
  if (clusters.empty()) session.messages().note("the team has no models");
  return ExitCode::done;
}

/// The documents of all models, each with `kind` and `cluster`.
class ModelDocuments {
 public:
  explicit ModelDocuments(client::Answer<ListTeamModelsResponse>& answer)
      : response_{&answer.value},
        arena_{&answer.document.arena()},
        clusters_{document_of(answer).find("clusterConfigs").items()} {}

  template <class Visit>
  void visit(const std::vector<const ClusterConfig*>& wanted, Visit visit) {
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      const ClusterConfig& cluster = response_->cluster_configs[i];
      if (std::ranges::find(wanted, &cluster) == wanted.end()) continue;
      workflows::for_each_kind(cluster, [&](std::string_view member, const auto& models) {
        const auto documents = clusters_[i].find(member).items();
        for (std::size_t j = 0; j < models.size(); ++j) {
          const ModelRow row{&cluster, line_of(models[j])};
          visit(row, with_place(documents[j], row.line.kind, cluster.cluster_name));
        }
      });
    }
  }

 private:
  json::Value with_place(json::Value model, const std::string& kind, const std::string& cluster) {
    std::vector<json::Member> members;
    members.push_back({"kind", json::Value::of_string(arena_->copy(std::string_view{kind}))});
    for (const json::Member& member : model.members())
      if (member.name != "kind" && member.name != "cluster") members.push_back(member);
    members.push_back({"cluster", json::Value::of_string(arena_->copy(std::string_view{cluster}))});
    return json::Value::of_object(arena_->copy(std::span<const json::Member>{members}));
  }

  const ListTeamModelsResponse* response_;
  json::Arena* arena_;
  std::span<const json::Value> clusters_;
};

Cell or_dash(const std::string& text) { return {text.empty() ? "-" : text}; }

Status list_models(Session& session, const ColumnsInput& input) {
  auto list = TRY(List<ModelRow>::open(session, input.columns));
  auto answer = TRY(exchange(session, ListTeamModels{}));
  const auto clusters = TRY(workflows::clusters_of(answer.value, session.region()));
  if (session.format() == Format::text) return print_text(session, clusters, input.columns);
  if (list.shows_documents())
    ModelDocuments{answer}.visit(
        clusters, [&](const ModelRow& row, json::Value model) { list.add(row, model); });
  else
    for (const ClusterConfig* cluster : clusters)
      for_each_row(*cluster, [&](const ModelRow& row) { list.add(row); });
  list.end();
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<ModelRow>>& columns<ModelRow>() {
  using Row = ModelRow;
  static const std::vector<ListColumn<Row>> all{
      {{"cluster", "CLUSTER"}, [](const Row& row) { return csv_of(row.cluster->cluster_name); }},
      {{"name", "MODEL", 1}, [](const Row& row) { return csv_of(row.line.base->name); }},
      {{"kind", "KIND", 2}, [](const Row& row) { return csv_of(row.line.kind); }},
      {{"version", "VERSION"}, [](const Row& row) { return csv_of(row.line.base->version); }},
      {{"inputModalities", "INPUT"},
       [](const Row& row) { return csv_of(row.line.base->input_modalities); }},
      {{"outputModalities", "OUTPUT"},
       [](const Row& row) { return csv_of(row.line.output_modalities); }},
      {{"maxPromptLength", "CONTEXT", 6, true, true},
       [](const Row& row) { return csv_of(row.line.max_prompt_length); },
       [](const Row& row, const Session&) { return or_dash(row.line.context); }},
      {{"promptTextTokenPrice", "IN", 3, true, true},
       [](const Row& row) { return csv_of(row.line.prompt_text_token_price); },
       [](const Row& row, const Session&) { return or_dash(row.line.input_price); }},
      {{"cachedPromptTokenPrice", "CACHED", 4, true, true},
       [](const Row& row) { return csv_of(row.line.cached_prompt_token_price); },
       [](const Row& row, const Session&) { return or_dash(row.line.cached_price); }},
      {{"completionTextTokenPrice", "OUT", 5, true, true},
       [](const Row& row) { return csv_of(row.line.completion_text_token_price); },
       [](const Row& row, const Session&) { return or_dash(row.line.output_price); }},
      {{"rps", "RPS"}, [](const Row& row) { return csv_of(row.line.base->rps); }},
      {{"rpm", "RPM"}, [](const Row& row) { return csv_of(row.line.base->rpm); }},
      {{"tpm", "TPM"}, [](const Row& row) { return csv_of(row.line.base->tpm); }},
      {{"aliases", "ALIASES", 10},
       [](const Row& row) { return csv_of(row.line.base->aliases); },
       [](const Row& row, const Session&) { return Cell{listed(row.line.base->aliases, "-")}; }},
      {{"modalities", "MODALITIES", 7, false},
       nullptr,
       [](const Row& row, const Session&) { return Cell{modalities_of(row.line)}; }},
      {{"limits", "LIMITS", 8, false},
       nullptr,
       [](const Row& row, const Session&) { return Cell{limits_of(*row.line.base)}; }},
      {{"otherPrices", "OTHER PRICES", 9, false}, nullptr, [](const Row& row, const Session&) {
         return or_dash(row.line.other_prices);
       }}};
  return all;
}

Command list_models_command() {
  return {
      .name = "list-models",
      .group = Group::access,
      .summary = "List the models the team can use, with prices and limits",
      .description = "Token prices are in USD per million tokens. --region shows only one cluster.",
      .examples = {"list-models", "list-models --region us-east-1 --output csv"},
      .formats = {"text", "json", "jsonl", "csv"},
      .declare = declare_with<ColumnsInput, list_models>};
}

}  // namespace xai::cli
