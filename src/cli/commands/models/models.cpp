#include "cli/commands/models/models.h"

#include <algorithm>

#include "cli/commands/models/model_line.h"
#include "cli/render/text.h"
#include "cli/values.h"

namespace xai::cli {

using namespace management;

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
