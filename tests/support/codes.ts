/** The areas the tests walk in: two grids of one community, and another community. */
export const community = '510108011007';
export const otherCommunity = '510108011005';
export const gridOne = `${community}001`;
export const gridTwo = `${community}002`;
