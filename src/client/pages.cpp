#include "client/pages.h"

#include <cstdint>

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
  seen_.insert(token);
  auto turned = exchange(client_, *descriptor_, operation, target,
                         deadline_ ? *deadline_ : deadline_of(client_), lists_);
  token = turned ? paging.next_token(target.value) : std::string{};
  is_finished_ = token.empty() || seen_.contains(token);
  if (token.empty() || !is_finished_) return turned;
  return std::unexpected(
      malformed_answer({.message = "the list does not end: its page token came a second time"},
                       descriptor_->retry, 200, {}));
}

}  // namespace xai::client
