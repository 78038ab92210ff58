# Made by scripts/make_stubs from the tables of the compiled part.
"""The types of what calls take and answer.

A member may be missing where the service has nothing to say, and there may be more than these.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Dict, List, Literal, Optional, Sequence, TypedDict, Union

from . import XAIManagementError


class BoxedCents(TypedDict, total=False):
    val: str


class ApiKey(TypedDict, total=False):
    redactedApiKey: str
    apiKey: str
    userId: str
    name: str
    createTime: str
    modifyTime: str
    teamId: str
    apiKeyId: str
    disabled: bool
    expireTime: str
    qps: int
    qpm: int
    tpm: str
    aclStrings: List[str]


class ListApiKeysResponse(TypedDict, total=False):
    apiKeys: List[ApiKey]
    paginationToken: str


class ApiKeyValues(TypedDict, total=False):
    name: Optional[str]
    disabled: Optional[bool]
    expireTime: Optional[Union[str, date, timedelta]]
    qps: Optional[int]
    qpm: Optional[int]
    tpm: Optional[Union[int, str]]
    aclStrings: Optional[Sequence[str]]


class ApiKeyPropagation(TypedDict, total=False):
    icPropagation: Dict[str, bool]


class ListTeamModelsResponse(TypedDict, total=False):
    clusterConfigs: List[ClusterConfig]


class ClusterConfig(TypedDict, total=False):
    languageModels: List[LanguageModel]
    embeddingModels: List[EmbeddingModel]
    imageGenerationModels: List[ImageGenerationModel]
    audioModels: List[AudioModel]
    videoGenerationModels: List[VideoGenerationModel]
    clusterName: str


class LanguageModel(TypedDict, total=False):
    name: str
    version: str
    inputModalities: List[str]
    rps: str
    rpm: str
    tpm: str
    rph: str
    rpd: str
    cluster: str
    aliases: List[str]
    rateLimits: RateLimits
    outputModalities: List[str]
    promptTextTokenPrice: str
    promptImageTokenPrice: str
    promptTextTokenPriceLongContext: str
    cachedPromptTokenPrice: str
    cachedPromptTokenPriceLongContext: str
    completionTextTokenPrice: str
    completionTokenPriceLongContext: str
    searchPrice: str
    maxPromptLength: int
    features: ModelFeatures
    algorithm: str
    longContextThreshold: str
    batchDiscountPercent: int
    provisionedThroughput: ProvisionedThroughput
    tier: int


class RateLimits(TypedDict, total=False):
    queryOffset: str
    queryBaseRate: str
    queryMultiplier: str
    tokenOffset: str
    tokenBaseRate: str
    tokenMultiplier: str


class ModelFeatures(TypedDict, total=False):
    functionCalling: bool
    structuredOutputs: bool
    reasoning: bool


class ProvisionedThroughput(TypedDict, total=False):
    tokensPerInputUnit: str
    tokensPerOutputUnit: str


class EmbeddingModel(TypedDict, total=False):
    name: str
    version: str
    inputModalities: List[str]
    rps: str
    rpm: str
    tpm: str
    rph: str
    rpd: str
    cluster: str
    aliases: List[str]
    rateLimits: RateLimits
    promptTextTokenPrice: str
    promptImageTokenPrice: str
    tier: int


class ImageGenerationModel(TypedDict, total=False):
    name: str
    version: str
    inputModalities: List[str]
    rps: str
    rpm: str
    tpm: str
    rph: str
    rpd: str
    cluster: str
    aliases: List[str]
    rateLimits: RateLimits
    outputModalities: List[str]
    imagePrice: str
    resolutionPricing: List[ImageResolutionPrice]
    pricePerInputImage: str


class ImageResolutionPrice(TypedDict, total=False):
    resolution: str
    pricePerImage: str


class AudioModel(TypedDict, total=False):
    name: str
    version: str
    inputModalities: List[str]
    rps: str
    rpm: str
    tpm: str
    rph: str
    rpd: str
    cluster: str
    aliases: List[str]
    rateLimits: RateLimits
    outputModalities: List[str]
    promptTokenPrice: str
    completionTokenPrice: str
    supportedClients: List[SupportedClient]


class SupportedClient(TypedDict, total=False):
    clientName: str
    description: str


class VideoGenerationModel(TypedDict, total=False):
    name: str
    version: str
    inputModalities: List[str]
    rps: str
    rpm: str
    tpm: str
    rph: str
    rpd: str
    cluster: str
    aliases: List[str]
    rateLimits: RateLimits
    outputModalities: List[str]
    resolutionPricing: List[VideoResolutionPrice]
    pricePerInputImage: str
    pricePerInputVideoSecond: str


class VideoResolutionPrice(TypedDict, total=False):
    resolution: str
    pricePerSecond: str


class ListPossibleEndpointAclsResponse(TypedDict, total=False):
    acls: List[EndpointAcl]


class EndpointAcl(TypedDict, total=False):
    acl: str
    description: str
    namespace: str
    key: str
    value: str


class ManagementKey(TypedDict, total=False):
    apiKeyId: str
    teamId: str
    scope: str
    scopeId: str
    ownerUserId: str
    createTime: str
    modifyTime: str
    name: str
    acls: List[str]
    redactedApiKey: str
    ipRanges: IpRanges


class IpRanges(TypedDict, total=False):
    ipRanges: List[IpRange]


class IpRange(TypedDict, total=False):
    address: IpAddress
    prefixLength: int


class IpAddress(TypedDict, total=False):
    ipv4: str
    ipv6: str


class InferenceApiKeyInfo(TypedDict, total=False):
    redacted_api_key: str
    user_id: str
    name: str
    create_time: str
    modify_time: str
    modified_by: str
    team_id: str
    acls: List[str]
    api_key_id: str
    team_blocked: bool
    api_key_blocked: bool
    api_key_disabled: bool


class PrepaidBalance(TypedDict, total=False):
    changes: List[PrepaidBalanceChange]
    total: BoxedCents


class PrepaidBalanceChange(TypedDict, total=False):
    teamId: str
    changeOrigin: str
    topupStatus: str
    amount: BoxedCents
    invoiceId: str
    invoiceNumber: str
    createTime: str
    spendBpKeyYear: int
    spendBpKeyMonth: int
    createTs: str
    paymentProcessor: PaymentProcessor


class PaymentProcessor(TypedDict, total=False):
    kind: str
    externalParty: str
    externalInvoiceId: str


class PreviewPostpaidInvoiceResponse(TypedDict, total=False):
    coreInvoice: CoreInvoice
    effectiveSpendingLimit: str
    defaultCredits: str
    billingCycle: BillingCycle


class CoreInvoice(TypedDict, total=False):
    lines: List[InvoiceLine]
    amountBeforeVatLimited: BoxedCents
    amountBeforeVatUnlimited: BoxedCents
    amountBeforeVatLimitedAndUnlimited: BoxedCents
    amountBeforeVat: str
    vatCost: str
    amountAfterVat: str
    autoCreditsIssued: str
    defaultCreditsIssued: str
    totalWithCorr: BoxedCents
    prepaidCredits: BoxedCents
    prepaidCreditsUsed: BoxedCents


class InvoiceLine(TypedDict, total=False):
    clusterName: str
    description: str
    unitType: str
    unitPrice: str
    numUnits: str
    amount: str


class BillingCycle(TypedDict, total=False):
    year: int
    month: int


class ListInvoicesResponse(TypedDict, total=False):
    invoices: List[Invoice]


class Invoice(TypedDict, total=False):
    teamId: str
    invoiceId: str
    invoiceNumber: str
    createTime: str
    invoiceStatus: str
    firstDesiredNextCycleTs: str
    chargerAttempts: List[ChargerAttempt]
    lines: List[InvoiceLine]
    subtotal: str
    tax: str
    total: str
    invoicePdfAssetKeySuffix: str
    monthly: MonthlyInvoice
    prepaid: PrepaidInvoice
    subscriptions: SubscriptionsInvoice


class ChargerAttempt(TypedDict, total=False):
    ticket: int
    successful: bool
    paymentMethodId: str


class MonthlyInvoice(TypedDict, total=False):
    billingCycle: BillingCycle
    defaultCreditsIssued: BoxedCents
    autoCreditsIssued: BoxedCents
    prepaidTokensToSpend: BoxedCents
    billingItemsCsvAssetKeySuffix: str
    correctionsCsvAssetKeySuffix: str


class PrepaidInvoice(TypedDict, total=False): ...


class SubscriptionsInvoice(TypedDict, total=False): ...


class GetSpendingLimitsResponse(TypedDict, total=False):
    spendingLimits: SpendingLimits


class SpendingLimits(TypedDict, total=False):
    hardSlOverride: BoxedCents
    hardSlAuto: BoxedCents
    effectiveHardSl: BoxedCents
    softSl: BoxedCents
    effectiveSl: BoxedCents


class ListPaymentMethodsResponse(TypedDict, total=False):
    paymentMethods: List[PaymentMethod]
    pendingPaymentMethod: PendingPaymentMethod


class PaymentMethod(TypedDict, total=False):
    paymentMethodId: str
    billingInfo: BillingInfo
    cardDetails: CardDetails
    usBankAccountDetails: UsBankAccountDetails
    linkDetails: LinkDetails
    paymentType: str
    addedTs: str


class BillingInfo(TypedDict, total=False):
    name: str
    address: Address
    email: str
    taxIdType: str
    taxNumber: str


class Address(TypedDict, total=False):
    line1: str
    line2: str
    city: str
    country: str
    postalCode: str
    state: str


class CardDetails(TypedDict, total=False):
    brand: str
    expMonth: str
    expYear: str
    last4: str


class UsBankAccountDetails(TypedDict, total=False):
    bankName: str
    last4: str
    routingNumber: str
    blocked: BankAccountBlock


class BankAccountBlock(TypedDict, total=False):
    networkCode: str
    blockReason: str


class LinkDetails(TypedDict, total=False):
    email: str


class PendingPaymentMethod(TypedDict, total=False):
    achMicrodepositHostedVerificationUrl: str


class GetBillingInfoResponse(TypedDict, total=False):
    billingInfo: BillingInfo


class AnalyzeUsageResponse(TypedDict, total=False):
    timeSeries: List[TimeSeries]
    limitReached: bool


class TimeSeries(TypedDict, total=False):
    group: List[str]
    groupLabels: List[str]
    dataPoints: List[DataPoint]


class DataPoint(TypedDict, total=False):
    timestamp: str
    values: List[float]


class ListAuditEventsResponse(TypedDict, total=False):
    events: List[AuditEvent]
    nextPageToken: str


class AuditEvent(TypedDict, total=False):
    eventTime: str
    eventId: str
    description: str
    user: AuditUser


class AuditUser(TypedDict, total=False):
    userId: str
    email: str
    profileImage: str
    givenName: str
    familyName: str
    profileImageUrl: str


class Balance(TypedDict):
    hasPrepaid: bool
    hasPostpaid: bool
    liveCredit: Optional[Decimal]
    postedCredit: Optional[Decimal]
    billingCycle: Optional[str]
    cycleSpend: Optional[Decimal]
    effectiveSpendingLimit: Optional[Decimal]
    leftUnderLimit: Optional[Decimal]
    runway: RunwayResult


class RunwayResult(TypedDict):
    state: Literal['known', 'used_up', 'no_recent_usage', 'not_enough_history', 'no_prepaid_credit', 'credit_unknown', 'usage_unreadable', 'usage_incomplete']
    days: Optional[int]
    until: Optional[date]
    usedUsd: Optional[Decimal]
    usedInDays: Optional[int]
    burnPerDay: Optional[Decimal]


class UsageReport(TypedDict):
    buckets: List[datetime]
    series: List[UsageSeries]
    sums: List[Decimal]
    total: Decimal
    isPartial: bool


class UsageSeries(TypedDict):
    group: str
    label: str
    keyName: str
    sums: List[Decimal]
    total: Decimal


class Readiness(TypedDict):
    isComplete: bool
    icPropagation: Dict[str, bool]
    lagging: List[str]


class SecretVerdict(TypedDict):
    state: Literal['live', 'not_known', 'refused', 'other_key', 'team_blocked', 'key_blocked', 'disabled']
    httpStatus: int
    apiKeyId: str


class Unfinished(TypedDict):
    id: str
    operation: str
    subject: Dict[str, str]
    start: datetime
    kind: Literal['creates_key', 'rotates_key', 'other']
    state: Literal['running', 'minted', 'unknown', 'newer', 'unreadable']
    apiKeyIds: List[str]
    mayStillAppear: bool
    isDeleted: bool
    isSuperseded: bool
    isOpenToOthers: bool
    lookError: Optional[XAIManagementError]


class Attempt(TypedDict):
    event: Literal['Attempt']
    operation: str
    number: int
    method: str
    path: str
    duration: timedelta
    httpStatus: Optional[int]
    bodyBytes: int
    requestId: str
    error: Optional[XAIManagementError]


class PageRead(TypedDict):
    event: Literal['PageRead']
    items: int
    noun: str


class ClustersAsked(TypedDict):
    event: Literal['ClustersAsked']
    known: int
    all: int
    lagging: List[str]


class SecretTried(TypedDict):
    event: Literal['SecretTried']


class AliasResolved(TypedDict):
    event: Literal['AliasResolved']
    alias: str
    name: str


class RecordSettled(TypedDict):
    event: Literal['RecordSettled']
    id: str
    name: str
    isOvertaken: bool


UsageUnit = Literal['quarter_hour', 'hour', 'day', 'week', 'month', 'whole_window']


UsageGrouping = Literal['none', 'description', 'api_key']


Event = Union[Attempt, PageRead, ClustersAsked, SecretTried, AliasResolved, RecordSettled]
