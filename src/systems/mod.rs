//! The systems, one file each. A new one is its file and one line here.

use crate::engine::SystemEntry;

/// Declares the files and lists their systems.
macro_rules! systems {
    ($($file:ident::$system:ident,)*) => {
        $(mod $file;)*

        /// All systems, in teaching order.
        pub const SYSTEMS: &[SystemEntry] = &[$(SystemEntry::of::<$file::$system>()),*];
    };
}

systems! {
    bank::Bank,
    in_mem_db::InMemDb,
    task_queue::TaskQueue,
    workflow_engine::WorkflowEngine,
    pub_sub::PubSub,
    chat_system::ChatSystem,
    log_aggregator::LogAggregator,
    package_manager::PackageManager,
    generic_flat::Flat,
    generic_flat_v2::PurgingFlat,
    generic_two_collections::TwoCollections,
    generic_two_collections_v2::PurgingTwoCollections,
    compliance_audit_v1::ComplianceAuditV1,
    compliance_audit_v2::ComplianceAuditV2,
    content_moderation::ContentModeration,
    document_approval::DocumentApproval,
    spectrum_allocator::SpectrumAllocator,
    fleet_tracker::FleetTracker,
    subscription_billing::SubscriptionBilling,
    session_manager::SessionManager,
    leaderboard::Leaderboard,
    event_scheduler::EventScheduler,
    hash_ring::HashRing,
    chat_router::ChatRouter,
    load_balancer::LoadBalancer,
    gym::Gym,
    library::Library,
    notification::Notification,
    auction::AuctionHouse,
    hotel::Hotel,
    parking_lot::ParkingLot,
    lru_cache::LruCache,
    cdn_edge_cache::CdnEdgeCache,
    signal_pipeline::SignalPipeline,
    resource_allocation::ResourceAllocation,
    capacity_reservation::CapacityReservation,
    recipe_manager::RecipeManager,
    order_book::OrderBook,
    dns_router::DnsRouter,
    file_system::FileSystem,
    permission_acl::PermissionAcl,
    generic_nested::NestedContainers,
    generic_nested_v2::PurgingNestedContainers,
    tetris::Tetris,
    playlist::Playlist,
}
