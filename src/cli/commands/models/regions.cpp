#include "xai/management/regions.h"
#include "base/try.h"
#include "cli/commands/models/models.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "cli/values.h"
#include "json/writer.h"

namespace xai::cli {

using namespace management;

namespace {

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
  TRY(session.client());
  const auto regions = TRY(management::regions(session.account()));
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

}  // namespace

Run declare_regions(Options&) { return list_regions; }

}  // namespace xai::cli
