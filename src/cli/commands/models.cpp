#include "cli/commands/models.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "base/money.h"
#include "base/try.h"
#include "cli/exchange.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

/// A model as one line of a table. Prices are USD: of tokens per million.
struct ModelLine {
  const ModelBase* base;
  std::string kind;
  std::vector<std::string> output_modalities{};
  std::string context{};
  std::string input_price{};
  std::string cached_price{};
  std::string output_price{};
  std::string other_prices{};
};

std::string token_price(std::int64_t price) {
  // Cents per 100 million tokens are ten-thousandths of a dollar per million.
  return price == 0 ? "-" : base::decimal(price, 4);
}

std::string unit_price(std::int64_t price, const std::string& unit) {
  // 1e-8 cent is 1e-10 dollar.
  return base::decimal(price, 10) + "/" + unit;
}

/// `IMAGE_RESOLUTION_2K` is `2K` to people.
std::string resolution_of(const std::string& name) {
  const std::size_t last = name.rfind('_');
  return last == std::string::npos ? name : name.substr(last + 1);
}

ModelLine line_of(const LanguageModel& model) {
  ModelLine line{&model, "language", model.output_modalities};
  line.context = std::to_string(model.max_prompt_length);
  line.input_price = token_price(model.prompt_text_token_price);
  line.cached_price = token_price(model.cached_prompt_token_price);
  line.output_price = token_price(model.completion_text_token_price);
  std::vector<std::string> other;
  if (model.prompt_image_token_price != 0 &&
      model.prompt_image_token_price != model.prompt_text_token_price)
    other.push_back("image input " + token_price(model.prompt_image_token_price));
  if (model.search_price != 0)
    other.push_back(base::decimal(model.search_price, 2) + "/1000 searches");
  if (model.long_context_threshold)
    other.push_back("beyond " + std::to_string(*model.long_context_threshold) + " tokens " +
                    token_price(model.prompt_text_token_price_long_context) + " in, " +
                    token_price(model.completion_token_price_long_context) + " out");
  line.other_prices = listed(other, "-");
  return line;
}

ModelLine line_of(const EmbeddingModel& model) {
  ModelLine line{&model, "embedding"};
  line.input_price = token_price(model.prompt_text_token_price);
  if (model.prompt_image_token_price != 0)
    line.other_prices = "image input " + token_price(model.prompt_image_token_price);
  return line;
}

ModelLine line_of(const ImageGenerationModel& model) {
  ModelLine line{&model, "image", model.output_modalities};
  std::vector<std::string> prices;
  for (const auto& step : model.resolution_pricing)
    prices.push_back(unit_price(step.price_per_image, resolution_of(step.resolution) + " image"));
  if (prices.empty() && model.image_price != 0)
    prices.push_back(unit_price(model.image_price, "image"));
  if (model.price_per_input_image != 0)
    prices.push_back(unit_price(model.price_per_input_image, "input image"));
  line.other_prices = listed(prices, "-");
  return line;
}

ModelLine line_of(const AudioModel& model) {
  ModelLine line{&model, "audio", model.output_modalities};
  line.input_price = token_price(model.prompt_token_price);
  line.output_price = token_price(model.completion_token_price);
  return line;
}

ModelLine line_of(const VideoGenerationModel& model) {
  ModelLine line{&model, "video", model.output_modalities};
  std::vector<std::string> prices;
  for (const auto& step : model.resolution_pricing)
    prices.push_back(unit_price(step.price_per_second, resolution_of(step.resolution) + " second"));
  if (model.price_per_input_image != 0)
    prices.push_back(unit_price(model.price_per_input_image, "input image"));
  if (model.price_per_input_video_second != 0)
    prices.push_back(unit_price(model.price_per_input_video_second, "input second"));
  line.other_prices = listed(prices, "-");
  return line;
}

/// Calls `visit(members, model list)` for each of the five kinds.
template <class Visit>
void for_each_kind(const ClusterConfig& cluster, Visit visit) {
  visit("languageModels", cluster.language_models);
  visit("embeddingModels", cluster.embedding_models);
  visit("imageGenerationModels", cluster.image_generation_models);
  visit("audioModels", cluster.audio_models);
  visit("videoGenerationModels", cluster.video_generation_models);
}

std::string modalities_of(const ModelLine& line) {
  const auto lower = [](const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "+") + name;
    for (char& letter : text)
      letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
  };
  const std::string output = lower(line.output_modalities);
  return lower(line.base->input_modalities) + (output.empty() ? "" : "→" + output);
}

std::string limits_of(const ModelBase& model) {
  std::vector<std::string> limits;
  if (model.rps != 0) limits.push_back("rps " + std::to_string(model.rps));
  if (model.rpm) limits.push_back("rpm " + std::to_string(*model.rpm));
  if (model.rph) limits.push_back("rph " + std::to_string(*model.rph));
  if (model.rpd) limits.push_back("rpd " + std::to_string(*model.rpd));
  // A tpm of 0 is no limit.
  if (model.tpm != 0) limits.push_back("tpm " + std::to_string(model.tpm));
  return listed(limits);
}

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
    for_each_kind(*cluster, [&](std::string_view, const auto& models) {
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
      for_each_kind(cluster, [&](std::string_view member, const auto& models) {
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
    for_each_kind(*cluster, [&](std::string_view, const auto& models) {
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
  const auto clusters = TRY(clusters_of(answer.value, session.region()));
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

struct Region {
  std::string name;
  std::string endpoint;
  std::vector<std::string> models;
};

/// `auto` with the union of all models, then every cluster; or the one asked for.
std::vector<Region> regions_of(Session& session,
                               const std::vector<const ClusterConfig*>& clusters) {
  std::vector<Region> regions;
  Region automatic{"auto", session.endpoint_of(""), {}};
  std::set<std::string> seen;
  for (const ClusterConfig* cluster : clusters) {
    Region region{cluster->cluster_name, session.endpoint_of(cluster->cluster_name), {}};
    for (const ModelBase* model : models_in(*cluster)) {
      region.models.push_back(model->name);
      if (seen.insert(model->name).second) automatic.models.push_back(model->name);
    }
    regions.push_back(std::move(region));
  }
  if (session.region().empty()) regions.insert(regions.begin(), std::move(automatic));
  return regions;
}

void print_regions_json(Session& session, const std::vector<Region>& regions) {
  std::string text;
  json::Writer writer{text, 2};
  writer.begin_object();
  for (const Region& region : regions) {
    writer.key(region.name);
    writer.begin_array();
    for (const std::string& model : region.models) writer.string(model);
    writer.end_array();
  }
  writer.end_object();
  session.output().write(text + "\n");
}

Status list_regions(Session& session) {
  const auto answer = TRY(exchange(session, ListTeamModels{}));
  const auto clusters = TRY(clusters_of(answer.value, session.region()));
  const auto regions = regions_of(session, clusters);
  if (session.is_json()) {
    print_regions_json(session, regions);
  } else if (session.format() == Format::csv) {
    print_csv_header(session.output(), {"region", "endpoint", "model"});
    for (const Region& region : regions)
      for (const std::string& model : region.models)
        print_csv(session.output(), {{region.name}, {region.endpoint}, {model}});
  } else {
    Table table{session.output(), {{"REGION"}, {"ENDPOINT"}, {"MODELS"}}};
    for (const Region& region : regions)
      table.add({{region.name}, {region.endpoint}, {listed(region.models)}});
    table.print();
  }
  return ExitCode::done;
}

Run declare_list_models(Options&) { return list_models; }
Run declare_regions(Options&) { return list_regions; }

}  // namespace

std::vector<const ModelBase*> models_in(const ClusterConfig& cluster) {
  std::vector<const ModelBase*> list;
  for_each_kind(cluster, [&](std::string_view, const auto& models) {
    for (const auto& model : models) list.push_back(&model);
  });
  return list;
}

std::expected<std::vector<const ClusterConfig*>, Failure> clusters_of(
    const ListTeamModelsResponse& response, const std::string& region) {
  std::vector<const ClusterConfig*> found;
  std::vector<std::string> known{"auto"};
  for (const ClusterConfig& cluster : response.cluster_configs) {
    known.push_back(escaped(cluster.cluster_name));
    if (region.empty() || cluster.cluster_name == region) found.push_back(&cluster);
  }
  if (found.empty() && !region.empty())
    return refusal("the team has no region " + in_quotes(region),
                   "the regions are " + listed(known));
  return found;
}

const ModelBase* find_model(const std::vector<const ClusterConfig*>& clusters,
                            const std::string& name) {
  const ModelBase* by_alias = nullptr;
  for (const ClusterConfig* cluster : clusters)
    for (const ModelBase* model : models_in(*cluster)) {
      if (model->name == name) return model;
      if (by_alias == nullptr && std::ranges::find(model->aliases, name) != model->aliases.end())
        by_alias = model;
    }
  return by_alias;
}

std::vector<std::string> model_names(const std::vector<const ClusterConfig*>& clusters) {
  std::vector<std::string> names;
  for (const ClusterConfig* cluster : clusters)
    for (const ModelBase* model : models_in(*cluster)) {
      names.push_back(model->name);
      names.insert(names.end(), model->aliases.begin(), model->aliases.end());
    }
  return names;
}

std::vector<Command> model_commands() {
  std::vector<Command> list;
  list.push_back({.name = "list-models",
                  .group = Group::access,
                  .summary = "List the models the team can use, with prices and limits",
                  .description = "Token prices are in USD per million tokens. --region shows one "
                                 "cluster alone.",
                  .examples = {"list-models", "list-models --region us-east-1 --output csv"},
                  .formats = {"text", "json", "jsonl", "csv"},
                  .declare = declare_list_models});
  list.push_back({.name = "regions",
                  .group = Group::access,
                  .summary = "List the clusters where keys can be used, and their models",
                  .description = "auto lets xAI route each call, and holds the models of all "
                                 "clusters.",
                  .examples = {"regions", "regions --output json"},
                  .formats = {"text", "json", "csv"},
                  .declare = declare_regions});
  return list;
}

}  // namespace xai::cli
