#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "xai/management/call_options.h"
#include "xai/management/options.h"
#include "xai/management/result.h"

namespace xai::management {

template <class Operation>
class Pages;
template <class Operation>
class Items;

/// Sends operations to the Management API. Copies share one connection pool, and threads may
/// share one Client. Nothing is sent, loaded or checked before the first `send`.
class Client {
 public:
  explicit Client(ClientOptions options);

  /// Sends one operation and waits for its answer. An empty `team_id` in it is filled from the
  /// client's options. Errors, retries and costs stand at each operation; its `id` is its name in
  /// the reference.
  template <class Operation>
  Result<typename Operation::Response> send(const Operation& operation,
                                            const CallOptions& options = {}) const {
    Result<typename Operation::Response> answer{};
    if (auto sent = exchange(Operation::id, &operation, &*answer, options); !sent)
      answer = std::unexpected(std::move(sent).error());
    return answer;
  }

  /// All pages of a list, fetched one at a time as the loop goes on:
  /// `for (auto& page : client.pages(ListApiKeys{})) …`, where each `page` is a Result.
  /// A failed page ends the loop. The options are those of the whole walk, which begins now.
  template <class Operation>
    requires requires(Operation operation) { operation.page_size; }
  Pages<Operation> pages(Operation operation, CallOptions options = {}) const {
    return Pages<Operation>{*this, std::move(operation), std::move(options)};
  }

  /// The items of a list one by one, over as many pages as there are; else like `pages`:
  /// `for (auto& key : client.items(ListApiKeys{})) …`, where each `key` is a Result.
  template <class Operation>
  Items<Operation> items(Operation operation, CallOptions options = {}) const {
    return Items<Operation>{pages(std::move(operation), std::move(options))};
  }

  /// The pipeline behind `send`; its definition is not part of the interface.
  struct Pipeline;
  [[nodiscard]] const Pipeline& pipeline() const { return pipeline_(); }

 private:
  template <class Operation>
  friend class Pages;

  /// Fetches the page that an operation asks for into its answer and moves the operation on; true
  /// for the last page.
  using TurnPage = std::function<Result<bool>(void* operation, void* answer)>;

  [[nodiscard]] Result<void> exchange(std::string_view id, const void* operation, void* answer,
                                      const CallOptions& options) const;
  [[nodiscard]] TurnPage page_turner(std::string_view id, CallOptions options) const;

  /// Shares the pipeline. A shared_ptr here would cost every user's file <memory>, a tenth more to
  /// compile.
  std::function<const Pipeline&()> pipeline_;
};

/// A single-pass range over the pages of a list. Holds one page at a time.
template <class Operation>
class Pages {
 public:
  using Page = Result<typename Operation::Response>;

  Pages(const Client& client, Operation operation, CallOptions options = {})
      : turn_{client.page_turner(Operation::id, std::move(options))},
        operation_{std::move(operation)} {}

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = Page;
    using difference_type = std::ptrdiff_t;

    explicit Iterator(Pages& pages) : pages_{&pages} {}
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): no iterator is read past its end.
    Page& operator*() const { return *pages_->page_; }
    Iterator& operator++() {
      pages_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !pages_->page_; }

   private:
    Pages* pages_;
  };

  Iterator begin() {
    if (!page_) advance();
    return Iterator{*this};
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  /// Replaces `page_` by the next one, or empties it after the last one or an error.
  void advance() {
    page_.reset();
    if (!turn_) return;
    page_.emplace();
    auto is_last = turn_(&operation_, &**page_);
    if (!is_last || *is_last) turn_ = nullptr;
    if (!is_last) *page_ = std::unexpected(std::move(is_last).error());
  }

  Client::TurnPage turn_;  ///< Empty once there are no more pages.
  Operation operation_;
  std::optional<Page> page_{};
};

/// A single-pass range over the items of a list. Holds one page at a time.
template <class Operation>
class Items {
 public:
  using Item = Result<typename std::remove_cvref_t<
      decltype(std::declval<typename Operation::Response&>().items())>::value_type>;

  explicit Items(Pages<Operation> pages) : pages_{std::move(pages)} {}
  Items(const Items&) = delete;
  Items& operator=(const Items&) = delete;

  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = Item;
    using difference_type = std::ptrdiff_t;

    explicit Iterator(Items& items) : items_{&items} {}
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): no iterator is read past its end.
    Item& operator*() const { return *items_->item_; }
    Iterator& operator++() {
      items_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !items_->item_; }

   private:
    Items* items_;
  };

  Iterator begin() {
    if (!is_begun_) {
      is_begun_ = true;
      pages_.begin();
      advance();
    }
    return Iterator{*this};
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  /// Replaces `item_` by the next one, of whatever page, or empties it after the last one or an
  /// error.
  void advance() {
    item_.reset();
    for (; page_ != pages_.end(); ++page_, index_ = 0) {
      auto& page = *page_;
      if (!page) {
        if (index_++ == 0) item_.emplace(std::unexpected(page.error()));
        if (item_) return;
      } else if (index_ < page->items().size()) {
        item_.emplace(std::move(page->items()[index_++]));
        return;
      }
    }
  }

  Pages<Operation> pages_;
  typename Pages<Operation>::Iterator page_{pages_};
  std::size_t index_{};  ///< Of the next item on the page.
  std::optional<Item> item_{};
  bool is_begun_{};
};

}  // namespace xai::management
