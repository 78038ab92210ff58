#include "client/pages.h"

#include <cstdint>
#include <functional>

#include "client/errors.h"

namespace xai::client {

using management::Result;

namespace {

constexpr std::int32_t default_page_size = 100;

}  // namespace

Result<void> PageTurner::turn(void* operation, Target target) {
  const wire::PageAccess& paging = *descriptor_->paging;
  auto& page_size = paging.page_size(operation);
  std::string& token = paging.token(operation);
  if (!page_size) page_size = default_page_size;
  const std::hash<std::string> hash;
  seen_.insert(hash(token));
  auto turned = exchange(client_, *descriptor_, operation, target,
                         deadline_ ? *deadline_ : deadline_of(client_), lists_);
  token = turned ? paging.next_token(target.value) : std::string{};
  const bool is_round = seen_.contains(hash(token));
  is_finished_ = token.empty() || is_round || seen_.size() == pages_max;
  if (token.empty() || !is_finished_) return turned;
  return std::unexpected(malformed_answer(
      {.message = is_round ? "the list does not end: its page token came a second time"
                           : "the list does not end: it has more than 100000 pages"},
      descriptor_->retry, 200, {}));
}

}  // namespace xai::client
