#include "client/pages.h"

#include <cstdint>
#include <functional>
#include <vector>

#include "base/try.h"
#include "client/errors.h"
#include "wire/members.h"

namespace xai::client {

using management::Result;

namespace {

constexpr std::int32_t default_page_size = 100;
/// A page may come again by accident; more than that in a row is no list.
constexpr std::size_t repeated_pages_max = 3;
/// A filter may leave nothing of a page, but hardly of so many.
constexpr std::size_t empty_pages_max = 1000;

/// `root` with other items in the member that holds the list.
json::Value with_items(json::Document& document, json::Value list,
                       const std::vector<json::Value>& items) {
  json::Arena& arena = document.arena();
  const auto given = document.root().members();
  std::vector<json::Member> members{given.begin(), given.end()};
  for (json::Member& member : members)
    if (member.value.items().data() == list.items().data())
      member.value = json::Value::of_array(arena.copy(std::span<const json::Value>{items}));
  return json::Value::of_object(arena.copy(std::span<const json::Member>{members}));
}

}  // namespace

Result<void> PageTurner::turn(void* operation, Target target) {
  const wire::PageAccess& paging = *descriptor_->paging;
  auto& page_size = paging.page_size(operation);
  std::string& token = paging.token(operation);
  if (!page_size) page_size = default_page_size;
  seen_.insert(std::hash<std::string>{}(token));
  auto turned = exchange(client_, *descriptor_, operation, target,
                         deadline_ ? *deadline_ : deadline_of(client_), lists_);
  if (turned) turned = leave_out_what_came(target);
  token = turned ? paging.next_token(target.value) : std::string{};
  const std::string_view trouble = token.empty() ? std::string_view{} : why_endless(token);
  is_finished_ = token.empty() || !trouble.empty();
  if (trouble.empty()) return turned;
  return std::unexpected(malformed_answer(
      {.message = "the list does not end: " + std::string{trouble}}, descriptor_->retry, 200, {}));
}

Result<void> PageTurner::leave_out_what_came(const Target& target) {
  json::Document& document = target.document->document;
  const json::Value list = wire::member_of(document.root(), descriptor_->paging->items_name);
  std::vector<json::Value> fresh;
  for (const json::Value& item : list.items())
    if (items_.add(item)) fresh.push_back(item);
  items_.end_page();
  empty_pages_ = list.items().empty() ? empty_pages_ + 1 : 0;
  if (!list.items().empty()) repeated_pages_ = fresh.empty() ? repeated_pages_ + 1 : 0;
  if (fresh.size() == list.items().size()) return {};
  document.replace_root(with_items(document, list, fresh));
  if (!lists_.are_decoded) return {};
  return descriptor_->decode(document.root(), target.value);
}

/// Empty as long as the list may come to an end.
std::string_view PageTurner::why_endless(const std::string& token) const {
  if (seen_.contains(std::hash<std::string>{}(token))) return "its page token came a second time";
  if (items_.go_round()) return "it goes round";
  if (repeated_pages_ == repeated_pages_max) return "page after page holds what came before";
  if (empty_pages_ == empty_pages_max) return "page after page is empty";
  if (seen_.size() == pages_max) return "it has more than 100000 pages";
  return {};
}

}  // namespace xai::client
