#include "emulator/usage_history.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include "base/try.h"
#include "json/document.h"
#include "wire/codec.h"
#include "wire/models.h"

namespace xai::emulator {

using management::ListTeamModelsResponse;
using management::Timestamp;
using namespace std::chrono;

namespace {

/// Of a key that may use all models; one that names them uses each.
constexpr std::size_t models_of_wildcard = 3;
/// Differs: a key is used for that long at most, so that a clock set far ahead stays quick.
constexpr days key_use_span{5 * 365};

/// Of what a workday has, in percent, from Sunday on.
constexpr std::array<int, 7> weekday_shares{25, 100, 108, 112, 105, 92, 33};
/// Out of the 24 hours of UTC.
constexpr std::array<int, 24> hour_weights{2, 1, 1,  1,  1,  2,  3, 5, 8, 10, 11, 11,
                                           9, 9, 10, 11, 11, 10, 8, 6, 5, 4,  3,  2};
/// What a key spends on a workday, in USD cents.
constexpr std::array<std::int64_t, 6> daily_budgets{150, 180, 220, 260, 310, 370};

std::uint64_t mix(std::uint64_t state, std::uint64_t more) {
  // The finisher of SplitMix64.
  state += 0x9e3779b97f4a7c15U + more;
  state = (state ^ (state >> 30U)) * 0xbf58476d1ce4e5b9U;
  state = (state ^ (state >> 27U)) * 0x94d049bb133111ebU;
  return state ^ (state >> 31U);
}

std::uint64_t mix(std::uint64_t state, std::string_view text) {
  for (const char letter : text) state = mix(state, static_cast<unsigned char>(letter));
  return state;
}

/// Notes what the model bills in its cluster; what has no price is not billed.
void add(std::vector<BilledModel>& models, const management::ModelBase& base,
         std::string_view cluster, const std::string& description,
         std::initializer_list<BilledUnit> units) {
  std::vector<BilledUnit> billed;
  for (BilledUnit unit : units) {
    if (unit.unit_price <= 0) continue;
    unit.cluster_name = cluster;
    unit.description = description;
    billed.push_back(std::move(unit));
  }
  if (billed.empty()) return;
  auto found = std::ranges::find(models, base.name, &BilledModel::name);
  if (found == models.end())
    found = models.insert(found, {.name = base.name, .aliases = base.aliases});
  found->clusters.push_back(std::move(billed));
}

BilledUnit unit(std::string_view type, std::int64_t price, int cost_share) {
  return {.unit_type = std::string{type}, .unit_price = price, .cost_share = cost_share};
}

std::vector<BilledModel> billed_models(const ListTeamModelsResponse& response) {
  std::vector<BilledModel> models;
  for (const auto& cluster : response.cluster_configs) {
    const std::string& name = cluster.cluster_name;
    for (const auto& model : cluster.language_models)
      add(models, model, name, "Chat " + model.name,
          {unit("Prompt text tokens", model.prompt_text_token_price, 35),
           unit("Cached prompt text tokens", model.cached_prompt_token_price, 5),
           unit("Completion text tokens", model.completion_text_token_price, 60)});
    for (const auto& model : cluster.embedding_models)
      add(models, model, name, "Embedding " + model.name,
          {unit("Prompt text tokens", model.prompt_text_token_price, 4)});
    for (const auto& model : cluster.image_generation_models)
      add(models, model, name, model.name, {unit("Generated images", model.image_price, 100)});
    for (const auto& model : cluster.audio_models)
      add(models, model, name, "Voice " + model.name,
          {unit("Prompt audio tokens", model.prompt_token_price, 30),
           unit("Completion audio tokens", model.completion_token_price, 70)});
  }
  return models;
}

bool grants(const KeyPeriod& period, std::string_view kind, const BilledModel* model) {
  const std::string form = "api-key:" + std::string{kind} + ":";
  return std::ranges::any_of(period.acls, [&](const management::Acl& acl) {
    if (acl.text == "*") return true;
    if (!acl.text.starts_with(form)) return false;
    const std::string_view name = std::string_view{acl.text}.substr(form.size());
    if (model == nullptr) return kind == "endpoint" || name == "*";
    return name == model->name || std::ranges::find(model->aliases, name) != model->aliases.end();
  });
}

/// What a key uses, and for how large a part of its money.
struct Use {
  const std::vector<BilledUnit>* units{};
  std::uint64_t state{};  ///< Mixed of the seed, the key and the model.
  std::int64_t weight{};
};

std::vector<Use> uses_of(const UsageHistory& history, const KeyPeriod& period,
                         std::uint64_t key_state) {
  std::vector<Use> uses;
  if (!grants(period, "endpoint", nullptr)) return uses;
  const bool is_wildcard = grants(period, "model", nullptr);
  for (const BilledModel& model : history.models) {
    if (!is_wildcard && !grants(period, "model", &model)) continue;
    const std::uint64_t state = mix(key_state, model.name);
    const auto& units = model.clusters[mix(state, 1) % model.clusters.size()];
    uses.push_back({.units = &units,
                    .state = state,
                    .weight = 1 + static_cast<std::int64_t>(mix(state, 2) % 5)});
  }
  if (is_wildcard && uses.size() > models_of_wildcard) {
    std::ranges::sort(uses, {}, &Use::state);
    uses.resize(models_of_wildcard);
  }
  return uses;
}

/// What is left of the range on one day.
struct Range {
  Timestamp from{};
  Timestamp to{};
};

void show_day(const KeyPeriod& period, const Use& use, std::int64_t budget, sys_days day,
              const Range& range, const std::function<void(const UsageItem&)>& visit) {
  const std::uint64_t day_state =
      mix(use.state, static_cast<std::uint64_t>(day.time_since_epoch().count()));
  const int weekday_share = weekday_shares.at(weekday{day}.c_encoding());
  const std::int64_t noise = 60 + static_cast<std::int64_t>(mix(day_state, 24) % 81);
  const std::int64_t cost = budget * weekday_share / 100 * noise / 100;
  std::array<std::uint64_t, 24> states{};
  std::array<std::int64_t, 25> weight_before{};
  for (std::size_t hour = 0; hour < 24; ++hour) {
    states.at(hour) = mix(day_state, hour);
    const auto share = static_cast<std::int64_t>(50 + (states.at(hour) >> 32U) % 101);
    weight_before.at(hour + 1) = weight_before.at(hour) + share * hour_weights.at(hour);
  }
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const Timestamp time = day + hours{hour} + seconds{states.at(hour) % 3600};
    if (time < range.from || time >= range.to) continue;
    for (const BilledUnit& unit : *use.units) {
      const std::int64_t of_day = cost / 100 * unit.cost_share / unit.unit_price;
      // The parts of a day add up to the day.
      const auto until = [&](std::size_t hour_end) {
        return of_day * weight_before.at(hour_end) / weight_before.back();
      };
      const std::int64_t unit_count = until(hour + 1) - until(hour);
      if (unit_count == 0) continue;
      visit({.time = time, .period = period, .unit = unit, .unit_count = unit_count});
    }
  }
}

}  // namespace

Result<UsageHistory> usage_history(Store& store, const Team& team) {
  const auto document = TRY(json::Document::parse(team.models));
  const auto response = TRY(wire::decode<ListTeamModelsResponse>(document.root()));
  return UsageHistory{.seed = static_cast<std::uint64_t>(team.billing.usage_seed),
                      .models = billed_models(response),
                      .periods = TRY(store.key_periods(team.team_id))};
}

void for_each_item(const UsageHistory& history, Timestamp from, Timestamp to,
                   const std::function<void(const UsageItem&)>& visit) {
  for (const KeyPeriod& period : history.periods) {
    const Range range{.from = std::max(from, period.start),
                      .to = std::min({to, period.end, period.create_time + key_use_span})};
    if (range.from >= range.to) continue;
    const std::uint64_t key_state = mix(mix(0, history.seed), period.api_key_id);
    const auto uses = uses_of(history, period, key_state);
    std::int64_t weight = 0;
    for (const Use& use : uses) weight += use.weight;
    const std::int64_t budget = daily_budgets.at(key_state % daily_budgets.size()) * parts_per_cent;
    for (sys_days day = floor<days>(range.from); day < range.to; day += days{1})
      for (const Use& use : uses)
        show_day(period, use, budget * use.weight / weight, day, range, visit);
  }
}

}  // namespace xai::emulator
