package dev.migrate.sample;

import java.math.BigDecimal;

/**
 * A car for sale.
 *
 * @param id its number
 * @param brand who made it
 * @param colour the colour of its paint
 * @param price in euros
 */
public record Car(long id, String brand, String colour, BigDecimal price) {}
