#pragma once

#include "wire/table.h"
#include "xai/management/models.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::RateLimits> =
    table(field("queryOffset", &management::RateLimits::query_offset),
          field("queryBaseRate", &management::RateLimits::query_base_rate),
          field("queryMultiplier", &management::RateLimits::query_multiplier),
          field("tokenOffset", &management::RateLimits::token_offset),
          field("tokenBaseRate", &management::RateLimits::token_base_rate),
          field("tokenMultiplier", &management::RateLimits::token_multiplier));

template <>
inline constexpr auto fields<management::ModelFeatures> =
    table(field("functionCalling", &management::ModelFeatures::function_calling),
          field("structuredOutputs", &management::ModelFeatures::structured_outputs),
          field("reasoning", &management::ModelFeatures::reasoning));

template <>
inline constexpr auto fields<management::ProvisionedThroughput> =
    table(field("tokensPerInputUnit", &management::ProvisionedThroughput::tokens_per_input_unit),
          field("tokensPerOutputUnit", &management::ProvisionedThroughput::tokens_per_output_unit));

template <>
inline constexpr auto fields<management::ModelBase> = table(
    field("name", &management::ModelBase::name), field("version", &management::ModelBase::version),
    field("inputModalities", &management::ModelBase::input_modalities),
    field("rps", &management::ModelBase::rps), field("rpm", &management::ModelBase::rpm),
    field("tpm", &management::ModelBase::tpm), field("rph", &management::ModelBase::rph),
    field("rpd", &management::ModelBase::rpd), field("cluster", &management::ModelBase::cluster),
    field("aliases", &management::ModelBase::aliases),
    field("rateLimits", &management::ModelBase::rate_limits));

template <>
inline constexpr auto fields<management::LanguageModel> = extend(
    fields<management::ModelBase>,
    field("outputModalities", &management::LanguageModel::output_modalities),
    field("promptTextTokenPrice", &management::LanguageModel::prompt_text_token_price),
    field("promptImageTokenPrice", &management::LanguageModel::prompt_image_token_price),
    field("promptTextTokenPriceLongContext",
          &management::LanguageModel::prompt_text_token_price_long_context),
    field("cachedPromptTokenPrice", &management::LanguageModel::cached_prompt_token_price),
    field("cachedPromptTokenPriceLongContext",
          &management::LanguageModel::cached_prompt_token_price_long_context),
    field("completionTextTokenPrice", &management::LanguageModel::completion_text_token_price),
    field("completionTokenPriceLongContext",
          &management::LanguageModel::completion_token_price_long_context),
    field("searchPrice", &management::LanguageModel::search_price),
    field("maxPromptLength", &management::LanguageModel::max_prompt_length),
    field("features", &management::LanguageModel::features),
    field("algorithm", &management::LanguageModel::algorithm),
    field("longContextThreshold", &management::LanguageModel::long_context_threshold),
    field("batchDiscountPercent", &management::LanguageModel::batch_discount_percent),
    field("provisionedThroughput", &management::LanguageModel::provisioned_throughput),
    field("tier", &management::LanguageModel::tier));

template <>
inline constexpr auto fields<management::EmbeddingModel> =
    extend(fields<management::ModelBase>,
           field("promptTextTokenPrice", &management::EmbeddingModel::prompt_text_token_price),
           field("promptImageTokenPrice", &management::EmbeddingModel::prompt_image_token_price),
           field("tier", &management::EmbeddingModel::tier));

template <>
inline constexpr auto fields<management::ImageResolutionPrice> =
    table(field("resolution", &management::ImageResolutionPrice::resolution),
          field("pricePerImage", &management::ImageResolutionPrice::price_per_image));

template <>
inline constexpr auto fields<management::ImageGenerationModel> =
    extend(fields<management::ModelBase>,
           field("outputModalities", &management::ImageGenerationModel::output_modalities),
           field("imagePrice", &management::ImageGenerationModel::image_price),
           field("resolutionPricing", &management::ImageGenerationModel::resolution_pricing),
           field("pricePerInputImage", &management::ImageGenerationModel::price_per_input_image));

template <>
inline constexpr auto fields<management::SupportedClient> =
    table(field("clientName", &management::SupportedClient::client_name),
          field("description", &management::SupportedClient::description));

template <>
inline constexpr auto fields<management::AudioModel> =
    extend(fields<management::ModelBase>,
           field("outputModalities", &management::AudioModel::output_modalities),
           field("promptTokenPrice", &management::AudioModel::prompt_token_price),
           field("completionTokenPrice", &management::AudioModel::completion_token_price),
           field("supportedClients", &management::AudioModel::supported_clients));

template <>
inline constexpr auto fields<management::VideoResolutionPrice> =
    table(field("resolution", &management::VideoResolutionPrice::resolution),
          field("pricePerSecond", &management::VideoResolutionPrice::price_per_second));

template <>
inline constexpr auto fields<management::VideoGenerationModel> =
    extend(fields<management::ModelBase>,
           field("outputModalities", &management::VideoGenerationModel::output_modalities),
           field("resolutionPricing", &management::VideoGenerationModel::resolution_pricing),
           field("pricePerInputImage", &management::VideoGenerationModel::price_per_input_image),
           field("pricePerInputVideoSecond",
                 &management::VideoGenerationModel::price_per_input_video_second));

template <>
inline constexpr auto fields<management::ClusterConfig> =
    table(field("languageModels", &management::ClusterConfig::language_models),
          field("embeddingModels", &management::ClusterConfig::embedding_models),
          field("imageGenerationModels", &management::ClusterConfig::image_generation_models),
          field("audioModels", &management::ClusterConfig::audio_models),
          field("videoGenerationModels", &management::ClusterConfig::video_generation_models),
          field("clusterName", &management::ClusterConfig::cluster_name));

template <>
inline constexpr auto fields<management::ListTeamModelsResponse> =
    table(field("clusterConfigs", &management::ListTeamModelsResponse::cluster_configs));

template <>
inline constexpr auto row<management::ListTeamModels> =
    operation(Method::get, "/auth/teams/{teamId}/models", RetryClass::freely, "ListModels",
              path("teamId", &management::ListTeamModels::team_id));

}  // namespace xai::wire
