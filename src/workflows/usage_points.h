#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "json/list_reader.h"
#include "xai/management/timestamp.h"

namespace xai::workflows {

/// A time as points tell it.
struct UsageTime {
  std::string words{};  ///< Empty where the service left it out.
  management::Timestamp start{};
};

/// The points of a usage answer, taken while it comes: a year of a hundred series is too much to
/// be kept as JSON.
class UsagePoints {
 public:
  /// What becomes of the figures: added up, or kept as they came.
  enum class Figures : std::uint8_t { summed, kept };

  /// Takes the points of an answer; it must not outlive this. A point may lack its time only where
  /// all are of one time.
  json::ListReader reader(Figures figures,
                          std::optional<management::Timestamp> only_start = std::nullopt);

  /// False when a time or a number was missing or none, or one of the document's series is no
  /// series: the answer makes no sense.
  [[nodiscard]] bool are_good(std::span<const json::Value> series) const;

  // Of a series of the document, which has to be good.

  /// All times that were told, each once.
  [[nodiscard]] const std::vector<UsageTime>& times() const { return times_; }

  /// Adds the sums of a series to `sums`; the place of each time among them is in `place_of_time`.
  void add_sums(json::Value series, std::span<const std::size_t> place_of_time,
                std::span<base::DecimalSum> sums) const;

  /// Tells the points that were kept of a series, in the order they came: the number of the time,
  /// and the figure as a JSON number.
  void each_of(json::Value series,
               const std::function<void(std::size_t, std::string_view)>& tell) const;

 private:
  struct List {
    std::vector<base::DecimalSum> sums{};    ///< By time.
    std::vector<std::int64_t> billionths{};  ///< The same in a third of the space, where it can be.
    std::string figures{};                   ///< Of its points, with a comma behind each.
    std::vector<std::uint32_t> times{};      ///< None as long as they are the first ones in order.
  };

  bool take(json::Value point);
  bool find_time(json::Value time);
  void sum_up(json::Value figure);
  void keep(json::Value figure);
  void end_list();
  static bool shrink(List& list);
  /// Null for a series without points; none for what is no series.
  [[nodiscard]] std::optional<const List*> list_of(json::Value series) const;

  std::vector<List> lists_{};
  List list_{};  ///< Under way.
  std::vector<UsageTime> times_{};
  std::map<std::string, std::uint32_t, std::less<>> places_{};
  std::uint32_t count_{};  ///< Of the points in the list under way.
  std::uint32_t time_{};   ///< Of the last of them.
  Figures figures_{};
  std::optional<management::Timestamp> only_start_{};
  bool are_good_{true};
};

}  // namespace xai::workflows
