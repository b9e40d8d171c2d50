//! Recipe manager: recipes of chefs with their ingredients, which run out.

use crate::patterns::{Backups, Container, Groups, Mortal, Nested, NestedSnapshot, Record, Summed, Weighed};
use crate::prelude::*;

/// How long the sync of one recipe takes.
const SYNC_MS: f64 = 10.0;

/// Recipes by id, each with its ingredients.
#[derive(Clone, Default, State)]
pub struct RecipeManager {
    recipes: Nested<Recipe>,
    backups: Backups<NestedSnapshot<Recipe>>,
    #[state(skip)]
    by_chef: Groups,
}

#[derive(Clone, State)]
struct Recipe {
    /// Data of the recipe: there is no dict of chefs.
    chef_id: Str,
    cook_time: Int,
    ingredients: Summed<Ingredient>,
    /// Every ingredient that was ever added, and the marks of syncs; it never shrinks.
    history: List<Str>,
}

#[derive(Clone, State)]
struct Ingredient {
    qty: Num,
    expiry: Option<Int>,
}

impl Container for Recipe {
    type Item = Ingredient;
    const ITEMS: &'static str = "ingredients";

    fn items(&self) -> &Summed<Ingredient> {
        &self.ingredients
    }

    fn items_mut(&mut self) -> &mut Summed<Ingredient> {
        &mut self.ingredients
    }
}

/// Recipes are ranked by how many ingredients they have, whatever the quantities.
impl Weighed for Ingredient {}

impl Mortal for Ingredient {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Adds an ingredient to a recipe.
    Add { recipe_id: Str, ingredient_name: Str, qty: Num },
    /// Removes an ingredient from a recipe.
    Remove { recipe_id: Str, ingredient_name: Str },
    /// Any other word is refused, after waiting for the lock.
    #[item(other)]
    Other { recipe_id: Str },
}

#[system(
    id = "recipe_manager",
    class = "RecipeManager",
    title(en = "Recipe manager", zh = "食譜管理"),
    summary(
        en = "Recipes of chefs with ingredients that run out: search by ingredient, ranking by number of ingredients, backup with remaining TTL, history.",
        zh = "廚師嘅食譜，食材會用完（到期）：用食材搵食譜、食材數目排行、backup 記 remaining TTL、history。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X; a chef is data of the recipe, so asking by chef or by ingredient is a reverse lookup.",
        zh = "一個 create method 加一個 add-X；chef_id 只係食譜嘅 data，所以用 chef 或者食材搵嘢要反查。",
    ),
    group = "Nested+TTL",
    signals = [
        "create_recipe", "add_ingredient", "chef_id", "search by ingredient", "ingredient count", "ttl", "history",
        "backup", "restore", "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items",
        l4 = "backup with remaining TTL, history per container",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [TopN, ReverseLookup, LazyPurge, RemainingTtlBackup, EventHistory, SingleLock, FailFast],
)]
impl RecipeManager {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes the ingredients that have expired. The methods of L1 and L2 do not do it: they still see what is dead.
    fn purge_expired_ingredients(&mut self, timestamp: Int) {
        self.recipes.purge(timestamp, "ingredient");
    }

    fn record(&mut self, recipe_id: &Str, entry: Str) {
        if let Some(recipe) = self.recipes.get_mut(recipe_id) {
            recipe.history.push(entry);
        }
    }

    fn add(&mut self, recipe_id: Str, ingredient_name: Str, ingredient: Ingredient) -> bool {
        ensure!(self.recipes.contains_key(&recipe_id), exists("recipe", recipe_id), false);
        ensure!(!self.recipes.holds(&recipe_id, &ingredient_name), absent("ingredient", ingredient_name), false);
        self.recipes.put(&recipe_id, ingredient_name.clone(), ingredient);
        self.record(&recipe_id, ingredient_name);
        true
    }

    /// Creates a recipe without ingredients.
    #[op(1)]
    fn create_recipe(&mut self, _timestamp: Int, recipe_id: Str, chef_id: Str, cook_time: Int) -> bool {
        ensure!(!self.recipes.contains_key(&recipe_id), absent("recipe", recipe_id), false);
        self.by_chef.join(&chef_id, &recipe_id);
        let recipe = Recipe { chef_id, cook_time, ingredients: Summed::default(), history: List::new() };
        self.recipes.create(recipe_id, recipe);
        true
    }

    /// Adds an ingredient that never expires; a second time is refused, not added up.
    #[op(1)]
    fn add_ingredient(&mut self, _timestamp: Int, recipe_id: Str, ingredient_name: Str, qty: Num) -> bool {
        self.add(recipe_id, ingredient_name, Ingredient { qty, expiry: None })
    }

    /// Removes an ingredient; the history keeps its name.
    #[op(1)]
    fn remove_ingredient(&mut self, _timestamp: Int, recipe_id: Str, ingredient_name: Str) -> bool {
        ensure!(self.recipes.contains_key(&recipe_id), exists("recipe", recipe_id), false);
        ensure!(self.recipes.holds(&recipe_id, &ingredient_name), exists("ingredient", ingredient_name), false);
        self.recipes.take(&recipe_id, &ingredient_name);
        true
    }

    /// Gives a copy of a recipe with its ingredients and its history.
    #[op(1)]
    fn get_recipe(&self, _timestamp: Int, recipe_id: Str) -> Option<Record> {
        ensure!(self.recipes.contains_key(&recipe_id), exists("recipe", recipe_id), None);
        self.recipes.get(&recipe_id).map(Record::of)
    }

    /// Lists the recipes that have an ingredient, expired or not, by id.
    #[op(2)]
    fn search_recipes_by_ingredient(&self, _timestamp: Int, ingredient_name: Str) -> Vec<Str> {
        self.recipes.sorted_holders(&ingredient_name)
    }

    /// Lists the recipes with most ingredients, by id on ties.
    #[op(2)]
    fn top_recipes_by_ingredient_count(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.recipes.top(n)
    }

    /// Lists the recipes of a chef by id.
    #[op(2)]
    fn get_chef_recipes(&self, _timestamp: Int, chef_id: Str) -> Vec<Str> {
        self.by_chef.ids(&chef_id).collect()
    }

    /// Adds an ingredient that is used up from `timestamp + ttl_ms` on, in milliseconds.
    #[op(3)]
    fn add_ingredient_with_ttl(
        &mut self,
        timestamp: Int,
        recipe_id: Str,
        ingredient_name: Str,
        qty: Num,
        ttl_ms: Int,
    ) -> bool {
        self.purge_expired_ingredients(timestamp);
        self.add(recipe_id, ingredient_name, Ingredient { qty, expiry: Some(timestamp + ttl_ms) })
    }

    /// Lists every ingredient that was ever added to a recipe, and its syncs as `sync@timestamp`.
    #[op(4)]
    fn get_recipe_history(&mut self, timestamp: Int, recipe_id: Str) -> Option<List<Str>> {
        self.purge_expired_ingredients(timestamp);
        ensure!(self.recipes.contains_key(&recipe_id), exists("recipe", recipe_id), None);
        self.recipes.get(&recipe_id).map(|recipe| recipe.history.clone())
    }

    /// Keeps a snapshot with the remaining TTLs, and gives the number of recipes as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        self.purge_expired_ingredients(timestamp);
        note!(snapshot, at: timestamp, kept: self.recipes.count(), of: self.recipes.count());
        self.backups.keep(timestamp, self.recipes.snapshot(timestamp));
        self.recipes.len().to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        self.purge_expired_ingredients(timestamp);
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        if let Some(found) = found {
            self.recipes.go_back_to(&found.1, timestamp);
            self.by_chef = Groups::default();
            for (recipe_id, recipe) in self.recipes.iter() {
                self.by_chef.join(&recipe.chef_id, &recipe_id);
            }
        }
        true
    }

    /// Runs the operations together, each under the lock of its recipe.
    #[op(5)]
    async fn batch_ingredients(manager: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        manager.with(|manager| manager.purge_expired_ingredients(timestamp));
        manager
            .gather(ops, move |manager, op| async move {
                let (BatchOp::Add { recipe_id, .. } | BatchOp::Remove { recipe_id, .. } | BatchOp::Other { recipe_id }) =
                    &op;
                let _lock = manager.lock(recipe_id).await;
                Ok(manager.with(|manager| match op {
                    BatchOp::Add { recipe_id, ingredient_name, qty } => {
                        manager.add_ingredient(timestamp, recipe_id, ingredient_name, qty)
                    }
                    BatchOp::Remove { recipe_id, ingredient_name } => {
                        manager.remove_ingredient(timestamp, recipe_id, ingredient_name)
                    }
                    BatchOp::Other { .. } => false,
                }))
            })
            .await
    }

    /// Syncs recipes, so many at a time, and marks each sync in the history. A missing recipe takes no permit.
    #[op(6)]
    async fn sync_recipes(
        manager: Live<Self>,
        timestamp: Int,
        recipe_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        manager.with(|manager| manager.purge_expired_ingredients(timestamp));
        let semaphore = manager.semaphore(max_concurrent)?;
        manager
            .gather(recipe_ids, move |manager, recipe_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !manager.with(|manager| manager.may_sync(&recipe_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    manager.sleep_ms(SYNC_MS).await;
                    manager.with(|manager| manager.record(&recipe_id, format!("sync@{timestamp}").into()));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, recipe_id: &Str) -> bool {
        ensure!(self.recipes.contains_key(recipe_id), exists("recipe", recipe_id), false);
        true
    }
}
