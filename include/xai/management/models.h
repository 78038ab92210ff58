#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xai::management {

/// Parameters of the tier formula; their meaning is not documented.
struct RateLimits {
  std::int64_t query_offset{};
  std::int64_t query_base_rate{};
  std::int64_t query_multiplier{};
  std::int64_t token_offset{};
  std::int64_t token_base_rate{};
  std::int64_t token_multiplier{};
};

struct ModelFeatures {
  bool function_calling{};
  bool structured_outputs{};
  bool reasoning{};
};

struct ProvisionedThroughput {
  std::int64_t tokens_per_input_unit{};   ///< Tokens per minute.
  std::int64_t tokens_per_output_unit{};  ///< Tokens per minute.
};

/// What every kind of model has. Limits are for the asking team in that cluster.
struct ModelBase {
  std::string name{};     ///< The name for requests and grants.
  std::string version{};  ///< May change under the same name.
  std::vector<std::string>
      input_modalities{};             ///< `TEXT`, `IMAGE`, `AUDIO`, `VIDEO` or a later one.
  std::int64_t rps{};                 ///< Requests per second.
  std::optional<std::int64_t> rpm{};  ///< Requests per minute, when configured.
  std::int64_t tpm{};                 ///< Tokens per minute; 0 is no limit.
  std::optional<std::int64_t> rph{};  ///< Requests per hour, when configured.
  std::optional<std::int64_t> rpd{};  ///< Requests per day, when configured.
  std::string cluster{};
  std::vector<std::string> aliases{};
  std::optional<RateLimits> rate_limits{};
};

/// A text model. Token prices are in USD cents for 100 million tokens, which is 1e-8 cent for one.
struct LanguageModel : ModelBase {
  std::vector<std::string> output_modalities{};
  std::int64_t prompt_text_token_price{};
  std::int64_t prompt_image_token_price{};
  std::int64_t prompt_text_token_price_long_context{};  ///< 0 is none.
  std::int64_t cached_prompt_token_price{};
  std::int64_t cached_prompt_token_price_long_context{};
  std::int64_t completion_text_token_price{};
  std::int64_t completion_token_price_long_context{};
  std::int64_t search_price{};       ///< USD cents for 1000 searches.
  std::int32_t max_prompt_length{};  ///< Tokens.
  std::optional<ModelFeatures> features{};
  std::string algorithm{};
  std::optional<std::int64_t> long_context_threshold{};  ///< Tokens; none is never.
  std::int32_t batch_discount_percent{};
  std::optional<ProvisionedThroughput> provisioned_throughput{};
  std::int32_t tier{};
};

/// An embedding model; prices as for LanguageModel.
struct EmbeddingModel : ModelBase {
  std::int64_t prompt_text_token_price{};
  std::int64_t prompt_image_token_price{};
  std::int32_t tier{};
};

struct ImageResolutionPrice {
  std::string resolution{};        ///< `IMAGE_RESOLUTION_1K`, `…_2K`, `…_4K`.
  std::int64_t price_per_image{};  ///< 1e-8 USD cent.
};

/// An image model. Prices are in 1e-8 USD cent.
struct ImageGenerationModel : ModelBase {
  std::vector<std::string> output_modalities{};
  std::int64_t image_price{};  ///< Flat price of one image; older than `resolution_pricing`.
  std::vector<ImageResolutionPrice> resolution_pricing{};
  std::int64_t price_per_input_image{};
};

struct SupportedClient {
  std::string client_name{};
  std::string description{};
};

/// An audio model; prices as for LanguageModel.
struct AudioModel : ModelBase {
  std::vector<std::string> output_modalities{};
  std::int64_t prompt_token_price{};
  std::int64_t completion_token_price{};
  std::vector<SupportedClient> supported_clients{};
};

struct VideoResolutionPrice {
  std::string resolution{};         ///< `VIDEO_RESOLUTION_480P`, `…_720P`, `…_1080P`.
  std::int64_t price_per_second{};  ///< 1e-8 USD cent.
};

/// A video model. Prices are in 1e-8 USD cent.
struct VideoGenerationModel : ModelBase {
  std::vector<std::string> output_modalities{};
  std::vector<VideoResolutionPrice> resolution_pricing{};
  std::int64_t price_per_input_image{};
  std::int64_t price_per_input_video_second{};
};

/// What one inference cluster offers the team. The same model may stand in several clusters.
struct ClusterConfig {
  std::vector<LanguageModel> language_models{};
  std::vector<EmbeddingModel> embedding_models{};
  std::vector<ImageGenerationModel> image_generation_models{};
  std::vector<AudioModel> audio_models{};
  std::vector<VideoGenerationModel> video_generation_models{};
  std::string cluster_name{};  ///< Such as `us-east-1`.
};

struct ListTeamModelsResponse {
  std::vector<ClusterConfig> cluster_configs{};  ///< One entry per cluster.
};

/// GET /auth/teams/{teamId}/models. Models the team can reach, with prices and limits.
/// Sent again freely.
/// Errors: permission_denied, not_found.
/// Source: Management API, Accounts and Authorization.
struct ListTeamModels {
  using Response = ListTeamModelsResponse;
  static constexpr std::string_view id{"listTeamModels"};
  std::string team_id{};
};

}  // namespace xai::management
