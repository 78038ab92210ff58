#include "workflows/usage_points.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/time_text.h"
#include "wire/members.h"

namespace xai::workflows {

using management::Timestamp;

json::ListReader UsagePoints::reader(Figures figures, std::optional<Timestamp> only_start) {
  return {.names = {"dataPoints", "data_points"},
          .begin =
              [this, figures, only_start] {
                *this = {};
                figures_ = figures;
                only_start_ = only_start;
              },
          .take = [this](json::Value point) { are_good_ = take(point) && are_good_; },
          .end = [this] { end_list(); }};
}

bool UsagePoints::take(json::Value point) {
  const auto values = wire::member_of(point, "values", 1).items();
  // A figure that is missing is not zero.
  if (values.empty()) return false;
  const json::Value figure = values.front();
  if (figure.kind() != json::Kind::number && !base::is_number(figure.text())) return false;
  if (!find_time(wire::member_of(point, "timestamp", 0))) return false;
  if (figures_ == Figures::summed)
    sum_up(figure);
  else
    keep(figure);
  ++count_;
  return true;
}

/// Lists tell the same times in the same words and order, so that nearly all need not be read.
bool UsagePoints::find_time(json::Value time) {
  const std::string_view words = time.text();
  const std::uint32_t likely = count_ == 0 ? 0 : time_ + 1;
  if (likely < times_.size() && wire::is_equal(times_[likely].words, words)) {
    time_ = likely;
    return true;
  }
  if (const auto found = places_.find(words); found != places_.end()) {
    time_ = found->second;
    return true;
  }
  const auto start = time.is_null() ? only_start_ : base::parse_rfc3339(words);
  if (!start) return false;
  time_ = static_cast<std::uint32_t>(times_.size());
  times_.push_back({std::string{words}, *start});
  places_.emplace(words, time_);
  return true;
}

void UsagePoints::sum_up(json::Value figure) {
  if (list_.sums.size() <= time_) list_.sums.resize(time_ + 1);
  // A number beyond all bounds is none that can be added up.
  if (!list_.sums[time_].add(figure.text())) are_good_ = false;
}

void UsagePoints::keep(json::Value figure) {
  list_.figures.append(figure.text()) += ',';
  if (list_.times.empty() && time_ != count_)
    for (std::uint32_t time = 0; time < count_; ++time) list_.times.push_back(time);
  if (time_ != count_ || !list_.times.empty()) list_.times.push_back(time_);
}

bool UsagePoints::shrink(List& list) {
  list.billionths.reserve(list.sums.size());
  for (const base::DecimalSum& sum : list.sums) {
    const auto billionths = sum.billionths();
    if (!billionths) {
      list.billionths = {};
      return false;
    }
    list.billionths.push_back(*billionths);
  }
  return true;
}

void UsagePoints::end_list() {
  List next;
  next.figures.reserve(list_.figures.size());
  if (shrink(list_)) {
    next.sums = std::exchange(list_.sums, {});
    next.sums.clear();
  }
  lists_.push_back(std::exchange(list_, std::move(next)));
  count_ = 0;
}

std::optional<const UsagePoints::List*> UsagePoints::list_of(json::Value series) const {
  const json::Value mark = wire::member_of(series, "dataPoints");
  if (!series.is_object() || (!mark.is_array() && !mark.is_null())) return std::nullopt;
  if (mark.items().empty()) return nullptr;
  const std::string_view number = mark.items().front().text();
  std::size_t place = lists_.size();
  std::from_chars(number.data(), number.data() + number.size(), place);
  if (place >= lists_.size()) return std::nullopt;
  return &lists_[place];
}

bool UsagePoints::are_good(std::span<const json::Value> series) const {
  return are_good_ && std::ranges::all_of(
                          series, [&](const json::Value& one) { return list_of(one).has_value(); });
}

void UsagePoints::add_sums(json::Value series, std::span<const std::size_t> place_of_time,
                           std::span<base::DecimalSum> sums) const {
  const List* const list = list_of(series).value_or(nullptr);
  if (list == nullptr) return;
  for (std::size_t time = 0; time < list->sums.size(); ++time)
    sums[place_of_time[time]].add(list->sums[time]);
  for (std::size_t time = 0; time < list->billionths.size(); ++time)
    sums[place_of_time[time]].add_billionths(list->billionths[time]);
}

void UsagePoints::each_of(json::Value series,
                          const std::function<void(std::size_t, std::string_view)>& tell) const {
  const List* const list = list_of(series).value_or(nullptr);
  if (list == nullptr) return;
  std::string_view rest = list->figures;
  for (std::size_t i = 0; !rest.empty(); ++i) {
    const std::size_t end = rest.find(',');
    tell(list->times.empty() ? i : list->times[i], rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
}

}  // namespace xai::workflows
