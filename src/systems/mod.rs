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
    session_manager::SessionManager,
    leaderboard::Leaderboard,
    event_scheduler::EventScheduler,
    hotel::Hotel,
    parking_lot::ParkingLot,
    gym::Gym,
    library::Library,
    auction::AuctionHouse,
    notification::Notification,
    load_balancer::LoadBalancer,
    lru_cache::LruCache,
    dns_router::DnsRouter,
    file_system::FileSystem,
    permission_acl::PermissionAcl,
    recipe_manager::RecipeManager,
    playlist::Playlist,
    signal_pipeline::SignalPipeline,
    resource_allocation::ResourceAllocation,
    capacity_reservation::CapacityReservation,
    hash_ring::HashRing,
    chat_router::ChatRouter,
    cdn_edge_cache::CdnEdgeCache,
    spectrum_allocator::SpectrumAllocator,
    compliance_audit_v1::ComplianceAuditV1,
    compliance_audit_v2::ComplianceAuditV2,
    content_moderation::ContentModeration,
    document_approval::DocumentApproval,
    fleet_tracker::FleetTracker,
    subscription_billing::SubscriptionBilling,
    workflow_engine::WorkflowEngine,
    package_manager::PackageManager,
    order_book::OrderBook,
    pub_sub::PubSub,
    chat_system::ChatSystem,
    log_aggregator::LogAggregator,
    tetris::Tetris,
    generic_flat::Flat,
    generic_flat_v2::PurgingFlat,
    generic_nested::NestedContainers,
    generic_nested_v2::PurgingNestedContainers,
    generic_two_collections::TwoCollections,
    generic_two_collections_v2::PurgingTwoCollections,
}
