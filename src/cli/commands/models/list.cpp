#include <algorithm>

#include "base/try.h"
#include "cli/commands/models/model_line.h"
#include "cli/commands/models/models.h"
#include "cli/exchange.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "wire/canonical.h"
#include "wire/operations.h"
#include "workflows/clusters.h"

namespace xai::cli {

using namespace management;

namespace {

void print_text(Session& session, const std::vector<const ClusterConfig*>& clusters) {
  for (const ClusterConfig* cluster : clusters) {
    Output& output = session.output();
    if (cluster != clusters.front()) output.write("\n");
    output.write(output.painted(Style::strong, escaped(cluster->cluster_name)) +
                 "  prices in USD, of tokens per million\n");
    Table table{output,
                {{"MODEL"},
                 {"KIND"},
                 {"IN", true},
                 {"CACHED", true},
                 {"OUT", true},
                 {"CONTEXT", true},
                 {"MODALITIES"},
                 {"LIMITS"},
                 {"OTHER PRICES"},
                 {"ALIASES"}}};
    workflows::for_each_kind(*cluster, [&](std::string_view, const auto& models) {
      for (const auto& model : models) {
        const ModelLine line = line_of(model);
        const auto or_dash = [](const std::string& text) {
          return Cell{text.empty() ? "-" : text};
        };
        table.add({{model.name},
                   {line.kind},
                   or_dash(line.input_price),
                   or_dash(line.cached_price),
                   or_dash(line.output_price),
                   or_dash(line.context),
                   {modalities_of(line)},
                   {limits_of(model)},
                   or_dash(line.other_prices),
                   {listed(model.aliases, "-")}});
      }
    });
    table.print();
    if (table.is_empty()) output.write("no models\n");
  }
}

/// The documents of all models, each with `kind` and `cluster`.
class ModelDocuments {
 public:
  ModelDocuments(const ListTeamModelsResponse& response, json::Document& document)
      : response_{&response}, arena_{&document.arena()} {
    clusters_ = wire::canonical<ListTeamModelsResponse>(document.root(), *arena_)
                    .find("clusterConfigs")
                    .items();
  }

  template <class Visit>
  void visit(const std::vector<const ClusterConfig*>& wanted, Visit visit) {
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      const ClusterConfig& cluster = response_->cluster_configs[i];
      if (std::ranges::find(wanted, &cluster) == wanted.end()) continue;
      workflows::for_each_kind(cluster, [&](std::string_view member, const auto& models) {
        const auto documents = clusters_[i].find(member).items();
        for (std::size_t j = 0; j < models.size(); ++j)
          visit(line_of(models[j]).kind, cluster.cluster_name,
                with_place(documents[j], line_of(models[j]).kind, cluster.cluster_name));
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
  std::span<const json::Value> clusters_{};
};

void print_csv_models(Session& session, const std::vector<const ClusterConfig*>& clusters) {
  print_csv_header(session.output(),
                   {"cluster", "name", "kind", "version", "inputModalities", "outputModalities",
                    "maxPromptLength", "promptTextTokenPrice", "cachedPromptTokenPrice",
                    "completionTextTokenPrice", "rps", "rpm", "tpm", "aliases"});
  const auto joined = [](const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return CsvCell{text};
  };
  const auto number = [](std::int64_t value) { return CsvCell{std::to_string(value), true}; };
  for (const ClusterConfig* cluster : clusters)
    workflows::for_each_kind(*cluster, [&](std::string_view, const auto& models) {
      for (const auto& model : models) {
        const ModelLine line = line_of(model);
        CsvCell length;
        CsvCell input;
        CsvCell cached;
        CsvCell output;
        if constexpr (requires { model.completion_text_token_price; }) {
          length = number(model.max_prompt_length);
          cached = number(model.cached_prompt_token_price);
          output = number(model.completion_text_token_price);
        }
        if constexpr (requires { model.prompt_text_token_price; })
          input = number(model.prompt_text_token_price);
        print_csv(session.output(), {{cluster->cluster_name},
                                     {model.name},
                                     {line.kind, true},
                                     {model.version},
                                     joined(model.input_modalities),
                                     joined(line.output_modalities),
                                     length,
                                     input,
                                     cached,
                                     output,
                                     number(model.rps),
                                     model.rpm ? number(*model.rpm) : CsvCell{},
                                     number(model.tpm),
                                     joined(model.aliases)});
      }
    });
}

Status list_models(Session& session) {
  auto answer = TRY(exchange(session, ListTeamModels{}));
  const auto clusters = TRY(workflows::clusters_of(answer.value, session.region()));
  if (session.format() == Format::text) {
    print_text(session, clusters);
    if (clusters.empty()) session.messages().note("the team has no models");
  } else if (session.format() == Format::csv) {
    print_csv_models(session, clusters);
  } else {
    JsonArray array{session.output()};
    ModelDocuments{answer.value, answer.document}.visit(
        clusters, [&](const std::string&, const std::string&, json::Value model) {
          if (session.is_json())
            array.add(model);
          else
            print_json_line(session.output(), model);
        });
    if (session.is_json()) array.end();
  }
  return ExitCode::done;
}

}  // namespace

Run declare_list_models(Options&) { return list_models; }

}  // namespace xai::cli
