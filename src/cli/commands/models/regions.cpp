#include "xai/management/regions.h"
#include "base/try.h"
#include "cli/commands/models/models.h"
#include "cli/render/list.h"
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

/// A model of a region, as a record of CSV.
struct RegionModel {
  const Region* region;
  const std::string* model;
};

Status list_regions(Session& session) {
  (void)TRY(session.client());
  const auto regions = TRY(management::regions(session.account()));
  if (session.is_json()) {
    print_regions_json(session, regions);
  } else if (session.format() == Format::csv) {
    auto list = TRY(List<RegionModel>::open(session));
    for (const Region& region : regions)
      for (const std::string& model : region.models) list.add({&region, &model});
    list.end();
  } else {
    auto list = TRY(List<Region>::open(session));
    for (const Region& region : regions) list.add(region);
    list.end();
  }
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<Region>>& columns<Region>() {
  static const std::vector<ListColumn<Region>> all{
      {{"region", "REGION", 1}, csv_member<&Region::name>},
      {{"endpoint", "ENDPOINT", 2}, csv_member<&Region::endpoint>},
      {{"models", "MODELS", 3}, [](const Region& one) { return CsvCell{listed(one.models)}; }}};
  return all;
}

template <>
const std::vector<ListColumn<RegionModel>>& columns<RegionModel>() {
  static const std::vector<ListColumn<RegionModel>> all{
      {{"region", "REGION"}, [](const RegionModel& one) { return csv_of(one.region->name); }},
      {{"endpoint", "ENDPOINT"},
       [](const RegionModel& one) { return csv_of(one.region->endpoint); }},
      {{"model", "MODEL"}, [](const RegionModel& one) { return csv_of(*one.model); }}};
  return all;
}

Run declare_regions(Options&) { return list_regions; }

}  // namespace xai::cli
