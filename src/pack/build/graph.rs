//! Order of things that build on each other.

use std::collections::BTreeSet;

/// Each place after all those it needs; or, when some need each other, those.
///
/// Kahn's algorithm, smallest place first, so that the order depends on nothing
/// but the input; no recursion, so that depth is no danger.
pub(crate) fn order(needs: &[BTreeSet<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (place, needs) in needs.iter().enumerate() {
        for need in needs {
            if let Some(list) = needed_by.get_mut(*need) {
                list.push(place);
            }
        }
    }
    let free = waiting.iter().enumerate().filter(|(_, count)| **count == 0);
    let mut ready: BTreeSet<usize> = free.map(|(place, _)| place).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for next in needed_by.get(place).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(*next) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(*next);
                }
            }
        }
    }
    if order.len() == needs.len() {
        return Ok(order);
    }
    let done: BTreeSet<usize> = order.into_iter().collect();
    Err((0..needs.len())
        .filter(|place| !done.contains(place))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(lists: &[&[usize]]) -> Vec<BTreeSet<usize>> {
        lists
            .iter()
            .map(|list| list.iter().copied().collect())
            .collect()
    }

    #[test]
    fn each_after_its_needs() {
        assert_eq!(order(&needs(&[&[2], &[], &[1]])), Ok(vec![1, 2, 0]));
    }

    #[test]
    fn circles_are_named() {
        assert_eq!(order(&needs(&[&[1], &[0], &[]])), Err(vec![0, 1]));
    }
}
