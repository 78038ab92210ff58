#include "client/seen_items.h"

#include <bit>
#include <functional>
#include <utility>

#include "json/writer.h"
#include "wire/members.h"

namespace xai::client {

bool SeenItems::add(json::Value item) {
  const std::string_view id = wire::member_of(item, id_name_).text();
  const std::hash<std::string_view> hash;
  const std::size_t mark = id.empty() ? hash(json::to_text(item)) : hash(id);
  // What looks alike on one page is shown as it came: nothing of an answer is hidden.
  page_.insert(mark);
  const bool is_in_last = last_.contains(mark);
  const bool is_in_landmark = landmark_.contains(mark);
  is_all_in_last_ = is_all_in_last_ && is_in_last;
  is_all_in_landmark_ = is_all_in_landmark_ && is_in_landmark;
  return !is_in_last && !is_in_landmark;
}

void SeenItems::end_page() {
  // A page that is empty is none to go by.
  if (page_.empty()) return;
  go_round_ = std::exchange(is_all_in_landmark_, true) && !is_all_in_last_;
  is_all_in_last_ = true;
  if (std::has_single_bit(++pages_)) landmark_ = page_;
  last_ = std::exchange(page_, {});
}

}  // namespace xai::client
