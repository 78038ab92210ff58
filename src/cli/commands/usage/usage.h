#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/commands/usage/points.h"
#include "cli/commands/usage/window.h"
#include "json/document.h"

namespace xai::cli {

/// What `--by` may be.
enum class Grouping : std::uint8_t { none, description, key };

/// A usage answer and what is needed to show it, but for its series, which stay in their document.
struct UsageAnswer {
  UsageWindow window{};
  std::string every{"day"};  ///< As `--every` has it.
  Grouping by{Grouping::none};
  bool is_partial{};  ///< Series are missing: no sum is a total.
  UsagePoints points{};
  std::map<std::string, std::string> names{};  ///< Of keys, by id, where known.

  /// What a series is called: its description, or its key's name or id.
  [[nodiscard]] std::string name_of(json::Value series) const;
};

/// Chart and table of sums, which are exact before they are rounded to the cent.
void print_usage_text(Session& session, const UsageAnswer& answer,
                      std::span<const json::Value> series, bool is_ascii);

/// One record per point, numbers as they came.
void print_usage_csv(Session& session, const UsageAnswer& answer,
                     std::span<const json::Value> series);

Run declare_usage(Options& options);

}  // namespace xai::cli
